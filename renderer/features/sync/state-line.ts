import type { SyncState } from '#shared/contracts/sync.ts';

export type StateAction = 'connect' | 'signIn' | 'now' | 'retry' | null;

/** The state in one sentence: words under `sync:state.*`, how urgent it is, and the one action that helps. */
export interface StateLine {
  words: string;
  count: number;
  tone: 'calm' | 'busy' | 'soon' | 'risk';
  action: StateAction;
}

type Problem = NonNullable<SyncState['problem']>['code'];

const PROBLEMS: Record<Problem, Pick<StateLine, 'tone' | 'action'>> = {
  offline: { tone: 'calm', action: 'retry' },
  server_fault: { tone: 'soon', action: 'retry' },
  sign_in: { tone: 'soon', action: 'signIn' },
  client_too_old: { tone: 'soon', action: null },
  server_too_old: { tone: 'soon', action: 'retry' },
  many_deletions: { tone: 'risk', action: null },
  revoked: { tone: 'risk', action: null },
  disk_full: { tone: 'risk', action: 'retry' },
};

const BUSY = ['connecting', 'pushing', 'pulling', 'snapshot'] as const;
export const isBusy = ({ phase }: Pick<SyncState, 'phase'>): boolean =>
  (BUSY as readonly string[]).includes(phase);

/** What a person must decide: refused and conflicts. */
export const toDecide = ({ refused, conflicts }: Pick<SyncState, 'refused' | 'conflicts'>): number =>
  refused + conflicts;

/** How sync stands, most pressing first. */
export const stateLine = (state: SyncState, isDemo: boolean): StateLine => {
  const line = (words: string, rest: Partial<StateLine> = {}): StateLine => ({
    words,
    count: 0,
    tone: 'calm',
    action: 'now',
    ...rest,
  });
  if (!state.connected) return isDemo ? line('demo', { action: null }) : line('off', { action: 'connect' });
  const { problem, lease } = state;
  if (problem && problem.code !== 'offline')
    return line(problem.code, { ...PROBLEMS[problem.code], count: Number(problem.params.count ?? 0) });
  if (isBusy(state)) return line(state.phase, { tone: 'busy', action: null });
  if (lease && lease.state !== 'ok') return line(lease.state, { tone: 'risk', action: 'retry' });
  if (problem) return line(problem.code, PROBLEMS[problem.code]);
  if (state.lastSyncAt === null) return line('notYet');
  if (toDecide(state) > 0) return line('decide', { tone: 'soon', count: toDecide(state) });
  if (state.waiting > 0) return line('waiting', { count: state.waiting });
  return line('upToDate');
};
