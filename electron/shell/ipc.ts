import { type IpcMainInvokeEvent, ipcMain } from 'electron';
import type { ParsedOf } from '#shared/contracts/contract.ts';
import { AppError, fieldIssuesOf } from '#shared/contracts/errors.ts';
import {
  type BridgeAnswer,
  type ShellContract,
  type ShellMethod,
  type ShellOutput,
  shellContract,
} from '#shared/contracts/shell.ts';
import { isTrustedSender } from '../security/sender.ts';
import { describeError } from './log.ts';

/** One handler per method of the shell contract. */
export type ShellHandlers = {
  [M in ShellMethod]: (
    input: ParsedOf<ShellContract[M]>,
    event: IpcMainInvokeEvent,
  ) => Promise<ShellOutput<M>> | ShellOutput<M>;
};

/** Registers every handler behind the sender check and the contract's parser. */
export const serveShell = (handlers: ShellHandlers, log: (text: string) => void): void => {
  for (const method of Object.keys(shellContract) as ShellMethod[]) {
    ipcMain.handle(method, async (event, raw: unknown): Promise<BridgeAnswer<unknown>> => {
      try {
        if (!isTrustedSender(event)) throw new AppError('not_allowed');
        const parsed = shellContract[method].input.safeParse(raw);
        if (!parsed.success) throw new AppError('invalid_input', { fields: fieldIssuesOf(parsed.error) });
        const handler = handlers[method] as (input: unknown, event: IpcMainInvokeEvent) => unknown;
        return { ok: true, value: await handler(parsed.data, event) };
      } catch (error) {
        if (error instanceof AppError) return { ok: false, error: error.toWire() };
        log(`${method} failed: ${describeError(error)}`);
        return { ok: false, error: new AppError('internal').toWire() };
      }
    });
  }
};
