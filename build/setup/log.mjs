// What the setup says: one line per step, and for a failure the step, the cause and the way out.

/** A failure that a person can do something about. */
export class SetupError extends Error {
  /**
   * @param {string} step what was being done
   * @param {string} cause what went wrong
   * @param {string} wayOut what to do now
   */
  constructor(step, cause, wayOut) {
    super(cause);
    this.name = 'SetupError';
    this.step = step;
    this.wayOut = wayOut;
  }
}

/** @param {string} text */
export function say(text) {
  process.stdout.write(`[setup] ${text}\n`);
}

/** @param {unknown} error */
export function explain(error) {
  if (!(error instanceof SetupError))
    return error instanceof Error ? (error.stack ?? error.message) : `${error}`;
  return `\n  Step:  ${error.step}\n  Cause: ${error.message}\n  Do:    ${error.wayOut}\n`;
}

/** @param {number} start a value of Date.now() */
export function since(start) {
  const seconds = (Date.now() - start) / 1000;
  return seconds < 10 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds)} s`;
}

/**
 * Repeats a line while something long is going on.
 * @template T
 * @param {() => string} line
 * @param {Promise<T>} work
 * @param {number} [everySeconds]
 * @returns {Promise<T>}
 */
export async function sayWhile(line, work, everySeconds = 10) {
  const timer = setInterval(() => say(line()), everySeconds * 1000);
  return work.finally(() => clearInterval(timer));
}
