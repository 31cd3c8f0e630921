import { AppError } from '#shared/contracts/errors.ts';
import type {
  BridgeAnswer,
  ShellEvent,
  ShellInput,
  ShellMethod,
  ShellOutput,
  VisitbookBridge,
} from '#shared/contracts/shell.ts';

declare global {
  interface Window {
    visitbook: VisitbookBridge;
  }
}

/** Calls a method of main. @throws AppError. */
export const shell = async <M extends ShellMethod>(
  method: M,
  input: ShellInput<M>,
): Promise<ShellOutput<M>> => {
  const name = method.slice('shell.'.length) as keyof Omit<VisitbookBridge, 'onEvent'>;
  const ask = window.visitbook[name] as (input: ShellInput<M>) => Promise<BridgeAnswer<ShellOutput<M>>>;
  const answer = await ask(input);
  if (!answer.ok) throw AppError.fromWire(answer.error);
  return answer.value;
};

/** Listens to events of main; answers the function that stops it. */
export const onShellEvent = (listener: (event: ShellEvent) => void): (() => void) =>
  window.visitbook.onEvent(listener);
