const FREE_TRIES = 3;
const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 30_000;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** How long the answer to the nth wrong attempt in a row is held back. */
export const delayAfter = (failures: number): number =>
  failures <= FREE_TRIES ? 0 : Math.min(FIRST_DELAY_MS * 2 ** (failures - FREE_TRIES - 1), LONGEST_DELAY_MS);

/**
 * Lets attempts at a secret through one at a time, and slower after repeated failures: asking many at once gains
 * nothing. An attempt answers null when the secret was wrong.
 */
export const createAttempts = (wait: (ms: number) => Promise<void> = sleep) => {
  let failures = 0;
  let last: Promise<unknown> = Promise.resolve();
  return <T>(attempt: () => Promise<T | null>): Promise<T | null> => {
    const next = last.then(async () => {
      const found = await attempt();
      failures = found === null ? failures + 1 : 0;
      await wait(delayAfter(failures));
      return found;
    });
    last = next.catch(() => undefined);
    return next;
  };
};
