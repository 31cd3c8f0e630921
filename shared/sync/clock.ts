/**
 * Hybrid logical clock. A stamp is `time-counter-client`: 9 base-36 digits of milliseconds, 4 of a counter and the
 * client's id; comparing two stamps as strings orders them. docs/spec/sync.md says what they decide.
 */
export type Stamp = string;

const TIME_DIGITS = 9;
const COUNTER_DIGITS = 4;
const COUNTER_LIMIT = 36 ** COUNTER_DIGITS;

const digits = (value: number, width: number): string => value.toString(36).padStart(width, '0');

/** Milliseconds since 1970 in a stamp. */
export const timeOf = (stamp: Stamp): number => Number.parseInt(stamp.slice(0, TIME_DIGITS), 36);

/** The client that made a stamp. */
export const clientOf = (stamp: Stamp): string => stamp.slice(TIME_DIGITS + COUNTER_DIGITS + 2);

export interface Clock {
  /** A stamp later than every stamp made or seen before, even when the computer's clock goes back. */
  next(): Stamp;
  /** Takes note of a stamp made elsewhere. */
  observe(stamp: Stamp): void;
}

/** Makes a clock for one client. `last` is the newest stamp this client knows, so that a restart never goes back. */
export const createClock = (clientId: string, now: () => number = Date.now, last?: Stamp): Clock => {
  let time = last ? timeOf(last) : 0;
  let counter = last ? Number.parseInt(last.slice(TIME_DIGITS + 1, TIME_DIGITS + 1 + COUNTER_DIGITS), 36) : 0;
  return {
    next() {
      const wall = now();
      if (wall > time) {
        time = wall;
        counter = 0;
      } else if (++counter >= COUNTER_LIMIT) {
        time += 1;
        counter = 0;
      }
      return `${digits(time, TIME_DIGITS)}-${digits(counter, COUNTER_DIGITS)}-${clientId}`;
    },
    observe(stamp) {
      const seen = timeOf(stamp);
      const seenCounter = Number.parseInt(stamp.slice(TIME_DIGITS + 1, TIME_DIGITS + 1 + COUNTER_DIGITS), 36);
      if (seen > time || (seen === time && seenCounter > counter)) {
        time = seen;
        counter = seenCounter;
      }
    },
  };
};
