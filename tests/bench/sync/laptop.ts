import { fork } from 'node:child_process';
import { join } from 'node:path';

export type Order =
  | { do: 'enrol'; url: string; username: string }
  | { do: 'type'; count: number }
  | { do: 'round'; measurePlain?: boolean }
  /** The raw baseline, in this process: `milliseconds` is rows per second. */
  | { do: 'raw'; customers: number; ownerId: string }
  | { do: 'end' };

export interface Done {
  milliseconds: number;
  /** Milliseconds until the first thousand records could be worked with, and until all were there. */
  usable: number;
  complete: number;
  pushed: number;
  refused: number;
  pulled: number;
  /** Bytes of JSON before packing, where asked for. */
  plain: { up: number; down: number } | null;
  /** The most memory the process has ever held. */
  memoryMB: number;
}

export interface Laptop {
  ask(order: Order): Promise<Done>;
  end(): Promise<void>;
}

/** Starts a laptop process. With BENCH_PROFILE=1 it writes a CPU profile to out/profile. */
export const startLaptop = (): Laptop => {
  const child = fork(join(import.meta.dirname, 'laptop-process.ts'), [], {
    execArgv: process.env.BENCH_PROFILE ? ['--cpu-prof', '--cpu-prof-dir=out/profile'] : [],
  });
  const gone = new Promise<never>((_, reject) => {
    child.once('exit', (code) => reject(new Error(`the laptop process ended with ${code}`)));
  });
  gone.catch(() => undefined); // told to whoever asks next
  const ask = (order: Order): Promise<Done> => {
    const answer = new Promise<Done>((resolve) => {
      child.once('message', (done) => resolve(done as Done));
    });
    child.send(order);
    return Promise.race([answer, gone]);
  };
  return {
    ask,
    async end() {
      await ask({ do: 'end' });
      await gone.catch(() => undefined);
    },
  };
};
