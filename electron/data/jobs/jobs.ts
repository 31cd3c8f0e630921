import { v7 as uuid } from 'uuid';
import type { JobState } from '#shared/contracts/envelope.ts';
import { AppError } from '#shared/contracts/errors.ts';

/** What the work of a job may do with it. */
export interface Job {
  readonly id: string;
  progress(done: number, total: number | null, phase?: string): void;
  /** Keeps what there is to show so far: it stays readable when the work is cancelled or fails. */
  report(result: unknown): void;
  /** Throws `cancelled` once the user has cancelled; lets other requests run. Call it between chunks. */
  breathe(): Promise<void>;
  readonly cancelled: boolean;
}

export interface Jobs {
  start(kind: JobState['kind'], work: (job: Job) => Promise<unknown>): string;
  get(id: string): JobState | undefined;
  cancel(id: string): boolean;
  /** Ids of the jobs that run. */
  list(): string[];
  readonly running: number;
  /** Resolves when no job runs. */
  settled(): Promise<void>;
}

const REPORT_EVERY_MS = 100;

const toError = (error: unknown): AppError =>
  error instanceof AppError ? error : new AppError('internal', { cause: error });

/** Runs long works beside the requests: progress, cancel, and a last state that stays readable. */
export const createJobs = (
  emit: (job: JobState) => void,
  log: (error: unknown) => void = () => undefined,
): Jobs => {
  const states = new Map<string, JobState>();
  const cancelled = new Set<string>();
  const works = new Set<Promise<void>>();
  const update = (id: string, change: Partial<JobState>): void => {
    const next = { ...(states.get(id) as JobState), ...change };
    states.set(id, next);
    emit(next);
  };
  const jobFor = (id: string): Job => {
    let reported = 0;
    return {
      id,
      get cancelled() {
        return cancelled.has(id);
      },
      progress(done, total, phase) {
        const now = Date.now();
        const last = states.get(id) as JobState;
        const change = { done, total, phase: phase ?? last.phase };
        if (now - reported < REPORT_EVERY_MS && change.phase === last.phase) {
          states.set(id, { ...last, ...change });
          return;
        }
        reported = now;
        update(id, change);
      },
      report(result) {
        states.set(id, { ...(states.get(id) as JobState), result });
      },
      async breathe() {
        await new Promise((resolve) => setImmediate(resolve));
        if (cancelled.has(id)) throw new AppError('cancelled');
      },
    };
  };
  return {
    start(kind, work) {
      const id = uuid();
      states.set(id, { id, kind, state: 'running', phase: 'start', done: 0, total: null });
      const running = (async () => {
        await new Promise((resolve) => setImmediate(resolve));
        try {
          const result = await work(jobFor(id));
          update(id, { state: 'done', result });
        } catch (error) {
          const failure = toError(error);
          if (failure.code === 'internal') log(error);
          update(
            id,
            failure.code === 'cancelled'
              ? { state: 'cancelled' }
              : { state: 'failed', error: failure.toWire() },
          );
        }
      })();
      works.add(running);
      void running.finally(() => works.delete(running));
      return id;
    },
    get: (id) => states.get(id),
    cancel(id) {
      if (states.get(id)?.state !== 'running') return false;
      cancelled.add(id);
      return true;
    },
    list: () => [...states.values()].filter((job) => job.state === 'running').map((job) => job.id),
    get running() {
      return works.size;
    },
    async settled() {
      while (works.size > 0) await Promise.all(works);
    },
  };
};
