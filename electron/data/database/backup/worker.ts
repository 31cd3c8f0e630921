import { parentPort, workerData } from 'node:worker_threads';
import { asAppError } from '../errors.ts';
import { type CopyRequest, copyDatabase } from './copy.ts';

/** Thread of one backup: it reads and checks while the data process goes on answering. */
const answer = (() => {
  try {
    return copyDatabase(workerData as CopyRequest);
  } catch (error) {
    return { error: asAppError(error).toWire() };
  }
})();
parentPort?.postMessage(answer);
