import type { Backups } from './backups.ts';

const AFTER_CHANGES_MS = 10 * 60_000;

/** Makes a backup ten minutes after the first change since the last one. */
export const createSchedule = (
  backups: Backups,
  log: (error: unknown) => void,
  afterMs = AFTER_CHANGES_MS,
) => {
  let timer: NodeJS.Timeout | null = null;
  let changed = false;
  const run = (): void => {
    timer = null;
    changed = false;
    backups.make('schedule').catch((error: unknown) => {
      changed = true;
      log(error);
    });
  };
  return {
    /** A record was changed. */
    touch(): void {
      changed = true;
      timer ??= setTimeout(run, afterMs).unref();
    },
    /** A backup was made for another reason. */
    made(): void {
      changed = false;
      if (timer) clearTimeout(timer);
      timer = null;
    },
    /** Whether something changed since the last backup. */
    get due(): boolean {
      return changed;
    },
    stop(): void {
      if (timer) clearTimeout(timer);
      timer = null;
    },
  };
};
export type Schedule = ReturnType<typeof createSchedule>;
