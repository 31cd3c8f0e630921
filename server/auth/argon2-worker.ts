// Hashing a password takes a tenth of a second of one core: on the thread that answers requests, everybody would wait.
import { parentPort } from 'node:worker_threads';
import { argon2id, argon2Verify } from 'hash-wasm';

/** One hash to make or to compare. */
export type Argon2Job =
  | { kind: 'hash'; password: string; salt: Uint8Array; memoryKib: number; iterations: number }
  | { kind: 'verify'; password: string; hash: string };

const HASH_BYTES = 32;

const run = (job: Argon2Job): Promise<string | boolean> =>
  job.kind === 'verify'
    ? // a hash that cannot be read belongs to no password
      argon2Verify({ password: job.password, hash: job.hash }).catch(() => false)
    : argon2id({
        password: job.password,
        salt: job.salt,
        parallelism: 1,
        iterations: job.iterations,
        memorySize: job.memoryKib,
        hashLength: HASH_BYTES,
        outputType: 'encoded',
      });

parentPort?.on('message', async ({ id, job }: { id: number; job: Argon2Job }) => {
  try {
    parentPort?.postMessage({ id, result: await run(job) });
  } catch (error) {
    parentPort?.postMessage({ id, failure: (error as Error).message });
  }
});
