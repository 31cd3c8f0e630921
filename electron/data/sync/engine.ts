import type { SyncState } from '#shared/contracts/sync.ts';
import { newClientId, setMeta } from '../database/recovery/meta.ts';
import { connectionOf, updateConnection } from './connection.ts';
import { ManyDeletions, type Progress, type RoundReport } from './context.ts';
import { noteEvent } from './events.ts';
import { SyncFault } from './fault.ts';
import type { EngineParts } from './parts.ts';
import { runRound } from './round.ts';

/** What the engine is doing; the rest of the state on screen is read from the book. */
export interface EngineState {
  phase: SyncState['phase'];
  problem: SyncState['problem'];
  progress: Progress | null;
  /** Seconds the server asked to wait. */
  retryAfter: number | null;
}

export type RoundResult =
  | { ok: true; report: RoundReport }
  /** passes: worth trying again by itself. */
  | { ok: false; passes: boolean; error: unknown };

export interface Engine {
  readonly state: EngineState;
  /** Runs one round; a second call while one runs waits for it and answers the same. */
  round(): Promise<RoundResult>;
  /** Stops the round that runs, between two steps. */
  stop(): Promise<void>;
}

type Problem = NonNullable<SyncState['problem']>;

const problemOf = (error: unknown): Problem => {
  if (error instanceof ManyDeletions)
    return { code: 'many_deletions', params: { count: error.count, customers: error.customers.join(', ') } };
  if (!(error instanceof SyncFault)) {
    const isFull = (error as { code?: unknown } | null)?.code === 'SQLITE_FULL';
    return { code: isFull ? 'disk_full' : 'server_fault', params: {} };
  }
  const detail: Record<string, string> = error.extra.detail ? { detail: error.extra.detail } : {};
  switch (error.code) {
    case 'no_answer':
      return { code: 'offline', params: detail };
    case 'unauthorized':
    case 'token_expired':
    case 'token_replayed':
    case 'bad_credentials':
      return { code: 'sign_in', params: {} };
    case 'client_too_old':
      return { code: 'client_too_old', params: {} };
    case 'server_too_old':
      return { code: 'server_too_old', params: {} };
    case 'device_revoked':
    case 'user_disabled':
      return { code: 'revoked', params: {} };
    default:
      return { code: 'server_fault', params: detail };
  }
};

/** Problems that another try may find gone. */
const PASSING: readonly Problem['code'][] = [
  'offline',
  'server_fault',
  'disk_full',
  'server_too_old',
  // what waits has to be handed over first
  'revoked',
];

class Stopped extends Error {}

/** Builds the engine of sync: it runs rounds one at a time and says what it does. */
export const createSyncEngine = (parts: EngineParts): Engine => {
  const { book, log = () => undefined } = parts;
  const db = book.writable;
  let running: Promise<RoundResult> | null = null;
  let abort = new AbortController();
  const state: EngineState = { phase: 'idle', problem: null, progress: null, retryAfter: null };

  const tell = (change: Partial<EngineState>): void => {
    Object.assign(state, change);
    parts.onState?.();
  };

  const progress = (next: Progress): void =>
    tell({
      progress: next,
      phase: next.phase === 'sending' ? 'pushing' : next.phase === 'changes' ? 'pulling' : 'snapshot',
    });

  const breathe = async (): Promise<void> => {
    await new Promise((resolve) => setImmediate(resolve));
    if (abort.signal.aborted) throw new Stopped();
  };

  /** Faults after which the same round may be tried at once. */
  const mend = (error: unknown): boolean => {
    if (!(error instanceof SyncFault) || error.code !== 'foreign_client') return false;
    const clientId = newClientId();
    setMeta(db, 'clientId', clientId);
    book.clock.become(clientId);
    noteEvent(db, parts.now().toISOString(), 'newClient');
    return true;
  };

  const attempt = async (mended = false): Promise<RoundReport> => {
    try {
      return await runRound({ ...parts, progress, breathe, signal: abort.signal });
    } catch (error) {
      if (mended || !mend(error)) throw error;
      return attempt(true);
    }
  };

  const fail = async (error: unknown): Promise<RoundResult> => {
    if (error instanceof Stopped || abort.signal.aborted) {
      tell({ phase: 'idle', progress: null });
      return { ok: false, passes: false, error };
    }
    const problem = problemOf(error);
    if (problem.code === 'sign_in') updateConnection(db, { signedIn: false });
    if (problem.code === 'many_deletions')
      noteEvent(db, parts.now().toISOString(), 'deletionsStopped', { count: problem.params.count ?? 0 });
    if (problem.code === 'server_fault' && !(error instanceof SyncFault)) log(error);
    const passes = PASSING.includes(problem.code);
    const retryAfter = error instanceof SyncFault ? (error.extra.retryAfter ?? null) : null;
    tell({ phase: passes ? 'idle' : 'paused', problem, progress: null, retryAfter });
    if (problem.code === 'revoked') await parts.onRevoked?.();
    return { ok: false, passes, error };
  };

  const once = async (): Promise<RoundResult> => {
    if (!connectionOf(db)) {
      tell({ phase: 'off', problem: null, progress: null });
      return { ok: false, passes: false, error: null };
    }
    abort = new AbortController();
    tell({ phase: 'connecting', retryAfter: null });
    try {
      const report = await attempt();
      tell({ phase: 'idle', problem: null, progress: null });
      return { ok: true, report };
    } catch (error) {
      return fail(error);
    }
  };

  return {
    state,
    round() {
      running ??= once().finally(() => {
        running = null;
      });
      return running;
    },
    async stop() {
      abort.abort();
      await running?.catch(() => undefined);
    },
  };
};
