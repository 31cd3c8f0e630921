import type { Engine, RoundResult } from './engine.ts';

/** After a change, so long until a round starts: what is typed in one go travels in one go. */
const SETTLE_MS = 1_500;
/** Without any reason, a round this often: a hint may have been lost. */
const IDLE_MS = 5 * 60_000;
const FIRST_BACKOFF_MS = 1_000;
const MOST_BACKOFF_MS = 5 * 60_000;

export interface SyncLoop {
  start(): void;
  /** Something was typed. */
  touch(): void;
  /** The server has something, or a person asks: a round now. */
  now(): Promise<RoundResult>;
  /** When the next try after a failure starts by itself; null when the last round went well. */
  readonly retryAt: Date | null;
  stop(): Promise<void>;
}

export interface LoopParts {
  engine: Engine;
  clock?: () => number;
  random?: () => number;
  /** Told after every round. */
  onRound?(result: RoundResult): void;
}

/** Starts rounds: after changes, after hints, every five minutes, and again with growing pauses after a failure. */
export const createSyncLoop = ({
  engine,
  onRound,
  clock = Date.now,
  random = Math.random,
}: LoopParts): SyncLoop => {
  let timer: NodeJS.Timeout | null = null;
  let dueAt = Number.POSITIVE_INFINITY;
  let failures = 0;
  let retryAt: Date | null = null;
  let stopped = true;
  let paused = false;

  const schedule = (delay: number): void => {
    if (stopped || clock() + delay >= dueAt) return;
    if (timer) clearTimeout(timer);
    dueAt = clock() + delay;
    timer = setTimeout(() => void run(), delay);
    timer.unref?.();
  };

  const clear = (): void => {
    if (timer) clearTimeout(timer);
    timer = null;
    dueAt = Number.POSITIVE_INFINITY;
  };

  /** Full jitter: laptops that lost the same server do not come back in step. */
  const backoff = (): number =>
    Math.max(250, random() * Math.min(MOST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.min(failures, 20)));

  const run = async (): Promise<RoundResult> => {
    clear();
    const result = await engine.round();
    paused = !result.ok && !result.passes;
    failures = result.ok ? 0 : failures + 1;
    retryAt = null;
    if (result.ok) schedule(IDLE_MS);
    else if (result.passes) {
      const delay = Math.max(backoff(), (engine.state.retryAfter ?? 0) * 1_000);
      retryAt = new Date(clock() + delay);
      schedule(delay);
    }
    onRound?.(result);
    return result;
  };

  return {
    start() {
      stopped = false;
      paused = false;
      schedule(0);
    },
    touch() {
      // after a failure the growing pauses hold; what was typed waits for them
      if (!paused && retryAt === null) schedule(SETTLE_MS);
    },
    now() {
      failures = 0;
      return run();
    },
    get retryAt() {
      return retryAt;
    },
    async stop() {
      stopped = true;
      clear();
      await engine.stop();
    },
  };
};
