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
  /** Milliseconds to add to the computer's clock: what the server's clock is ahead. */
  adjust(offsetMs: number): void;
  /** The client whose stamps these are. */
  readonly clientId: string;
  /** Goes on as another client: the id was used by someone else. */
  become(clientId: string): void;
}

/** Makes a clock for one client. `last` is the newest stamp this client knows, so that a restart never goes back. */
export const createClock = (firstClientId: string, now: () => number = Date.now, last?: Stamp): Clock => {
  let clientId = firstClientId;
  let offset = 0;
  let time = last ? timeOf(last) : 0;
  let counter = last ? Number.parseInt(last.slice(TIME_DIGITS + 1, TIME_DIGITS + 1 + COUNTER_DIGITS), 36) : 0;
  return {
    get clientId() {
      return clientId;
    },
    adjust(offsetMs) {
      offset = offsetMs;
    },
    become(next) {
      clientId = next;
    },
    next() {
      const wall = now() + offset;
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
