const MINUTE_MS = 60_000;

/**
 * How often something may be started again: each try within a minute waits twice as long as the one before, and after
 * `most` of them there is none.
 */
export const createRetryBudget = (most: number, firstDelayMs: number, now: () => number = Date.now) => {
  let recent: number[] = [];
  return {
    /** Milliseconds to wait before the next try, or null when it has been tried too often. */
    next(): number | null {
      recent = [...recent.filter((at) => now() - at < MINUTE_MS), now()];
      return recent.length > most ? null : firstDelayMs * 2 ** (recent.length - 1);
    },
    reset(): void {
      recent = [];
    },
  };
};
