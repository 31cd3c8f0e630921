import { Worker } from 'node:worker_threads';
import { Fault } from '../http/fault.ts';
import type { Argon2Job } from './argon2-worker.ts';

/** More than this is an attack or a Monday morning: whoever comes then is told to come again. */
const MOST_WAITING = 50;

interface Waiting {
  resolve(result: string | boolean): void;
  reject(error: Error): void;
}

let thread: Worker | null = null;
let lastId = 0;
const waiting = new Map<number, Waiting>();

const fail = (error: Error): void => {
  thread = null;
  for (const { reject } of waiting.values()) reject(error);
  waiting.clear();
};

/** The thread that hashes; it keeps the process alive only while something waits for it. */
const begin = (): Worker => {
  const started = new Worker(new URL('./argon2-worker.ts', import.meta.url));
  started.on(
    'message',
    ({ id, result, failure }: { id: number; result?: string | boolean; failure?: string }) => {
      const job = waiting.get(id);
      waiting.delete(id);
      if (waiting.size === 0) started.unref();
      if (failure !== undefined) job?.reject(new Error(failure));
      else job?.resolve(result as string | boolean);
    },
  );
  started.on('error', fail);
  started.unref();
  return started;
};

/** @throws Fault unavailable when too many wait; ask before an attempt is counted */
export const refuseWhenBusy = (): void => {
  if (waiting.size >= MOST_WAITING)
    throw new Fault('unavailable', { detail: 'too many sign-ins at once', retryAfter: 5 });
};

/** Runs a job, one after the other. @throws Fault unavailable when too many wait */
export const runArgon2 = (job: Argon2Job): Promise<string | boolean> => {
  refuseWhenBusy();
  thread ??= begin();
  const worker = thread;
  return new Promise((resolve, reject) => {
    const id = ++lastId;
    waiting.set(id, { resolve, reject });
    worker.ref();
    worker.postMessage({ id, job });
  });
};
