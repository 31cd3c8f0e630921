import { describe, expect, it } from 'vitest';
import { SYNC_PROBLEMS, type SyncState } from '#shared/contracts/sync.ts';
import { stateLine } from './state-line.ts';

const fine: SyncState = {
  connected: true,
  server: { url: 'https://bank.example', name: 'Bank' },
  user: null,
  bookName: null,
  phase: 'idle',
  problem: null,
  retryAt: null,
  waiting: 0,
  refused: 0,
  conflicts: 0,
  lastSyncAt: '2026-11-23T01:00:00.000Z',
  clockOffMs: null,
  lease: null,
  progress: null,
  lastBackupAt: null,
};
const lease = (state: 'read_only' | 'locked') => ({ until: '2026-11-23T01:00:00.000Z', state });
const offline = { code: 'offline' as const, params: {} };

describe('the state in one sentence', () => {
  it.each([
    ['no server', { connected: false }, 'off', 'connect'],
    ['all sent', {}, 'upToDate', 'now'],
    ['never synced', { lastSyncAt: null }, 'notYet', 'now'],
    ['something waits', { waiting: 3 }, 'waiting', 'now'],
    ['a decision comes before what waits', { waiting: 3, refused: 1, conflicts: 1 }, 'decide', 'now'],
    ['at work', { phase: 'pushing' as const, waiting: 3 }, 'pushing', null],
    ['no network', { problem: offline, waiting: 3 }, 'offline', 'retry'],
    [
      'at work again after no network',
      { problem: offline, phase: 'connecting' as const },
      'connecting',
      null,
    ],
    ['too long without the server', { problem: offline, lease: lease('read_only') }, 'read_only', 'retry'],
    ['locked', { lease: lease('locked') }, 'locked', 'retry'],
    [
      'an ended sign-in explains more than the lease',
      { problem: { code: 'sign_in' as const, params: {} }, lease: lease('read_only') },
      'sign_in',
      'signIn',
    ],
  ])('%s', (_name, change, words, action) => {
    expect(stateLine({ ...fine, ...change }, false)).toMatchObject({ words, action });
  });

  it('counts what is to be decided', () => {
    expect(stateLine({ ...fine, refused: 2, conflicts: 1 }, false).count).toBe(3);
  });

  it.each(SYNC_PROBLEMS)('says what is wrong: %s', (code) => {
    expect(stateLine({ ...fine, problem: { code, params: {} } }, false).words).toBe(code);
  });

  it('says of the demo book that it is not synced', () => {
    expect(stateLine({ ...fine, connected: false }, true)).toMatchObject({ words: 'demo', action: null });
  });
});
