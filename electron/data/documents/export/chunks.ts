import type { Job } from '../../jobs/jobs.ts';

/** Few enough that reading and writing them holds up nobody, many enough that the overhead does not count. */
const CHUNK = 100;

/**
 * Goes through a list piece by piece; between the pieces other requests are answered, progress is told and a cancel is
 * obeyed. @throws cancelled
 */
export async function* inChunks<T, R>(
  keys: readonly T[],
  job: Job,
  make: (piece: readonly T[]) => R,
): AsyncGenerator<R> {
  for (let start = 0; start < keys.length; start += CHUNK) {
    await job.breathe();
    yield make(keys.slice(start, start + CHUNK));
  }
}
