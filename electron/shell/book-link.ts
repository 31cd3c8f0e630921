import { AppError, ERROR_CODES } from '#shared/contracts/errors.ts';
import type { FromData, ToData } from '../data/control.ts';

export type Opened = Extract<FromData, { kind: 'opened' }>;
export type Backups = Extract<FromData, { kind: 'openFailed' }>['backups'];

/** The book could not be opened: why, and what one could go back to. */
export class OpenFailure extends AppError {
  readonly backups: Backups;

  constructor(message: Extract<FromData, { kind: 'openFailed' }>) {
    const code = ERROR_CODES.find((known) => known === message.code) ?? 'internal';
    super(code, { params: message.params });
    this.backups = message.backups;
  }
}

/** Asks the data process to open, restore and close the book, and waits for what it answers. */
export const createBookLink = (send: (message: ToData) => void) => {
  let alive = Promise.withResolvers<void>();
  let running = false;
  let opening: PromiseWithResolvers<Opened> | null = null;
  let closing: PromiseWithResolvers<void> | null = null;

  const ask = async (message: ToData): Promise<Opened> => {
    await alive.promise;
    opening = Promise.withResolvers<Opened>();
    send(message);
    return opening.promise;
  };
  const dead = (): void => {
    running = false;
    opening?.reject(new AppError('internal'));
    closing?.resolve();
    opening = null;
    closing = null;
  };

  return {
    /** @throws OpenFailure */
    open: (message: Omit<Extract<ToData, { kind: 'open' }>, 'kind'>): Promise<Opened> =>
      ask({ kind: 'open', ...message }),
    /** @throws OpenFailure */
    restore: (name: string): Promise<Opened> => ask({ kind: 'restore', name }),
    /** A process that is not there has nothing open. */
    async close(): Promise<void> {
      if (!running) return;
      closing = Promise.withResolvers<void>();
      send({ kind: 'close' });
      await closing.promise;
    },
    receive(message: FromData): void {
      if (message.kind === 'opened') opening?.resolve(message);
      if (message.kind === 'openFailed') opening?.reject(new OpenFailure(message));
      if (message.kind === 'closed') closing?.resolve();
    },
    /** A data process is there. */
    started(): void {
      running = true;
      alive.resolve();
    },
    /** It ended and will be started again; until then what is asked waits. */
    ended(): void {
      dead();
      alive = Promise.withResolvers<void>();
    },
    /** It ended too often: what is asked fails. */
    givenUp(): void {
      dead();
      alive = Promise.withResolvers<void>();
      alive.promise.catch(() => undefined);
      alive.reject(new AppError('internal'));
    },
    /** It will be started once more after all. */
    revived(): void {
      alive = Promise.withResolvers<void>();
    },
  };
};
