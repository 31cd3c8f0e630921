import { AppError } from '#shared/contracts/errors.ts';
import type { SyncState } from '#shared/contracts/sync.ts';
import type { ReadableDb } from '../database/connection.ts';
import { connectionOf } from './connection.ts';

const DAY_MS = 86_400_000;

/**
 * How long this laptop may work without meeting its server: so many days, then it only reads, after twice as many it is
 * locked. Nothing is removed by either. null: it has no server.
 */
export const leaseOf = (db: ReadableDb, now: number): SyncState['lease'] => {
  const lease = connectionOf(db)?.lease;
  if (!lease) return null;
  const until = Date.parse(lease.at) + lease.days * DAY_MS;
  const locked = until + lease.days * DAY_MS;
  return {
    until: new Date(until).toISOString(),
    state: now < until ? 'ok' : now < locked ? 'read_only' : 'locked',
  };
};

/** What answers even when the laptop is locked: how it stands, and what unlocks it. */
const ANSWERED_WHEN_LOCKED =
  /^(sync\.(state|probe|signIn|signOut|now|exportOutbox)|book\.state|settings\.get|job\.|app\.echo)/;

/** @throws AppError lease_ended for what a locked laptop does not answer */
export const assertLeaseOpen = (db: ReadableDb, method: string, now: number): void => {
  if (leaseOf(db, now)?.state === 'locked' && !ANSWERED_WHEN_LOCKED.test(method))
    throw new AppError('lease_ended', { params: { state: 'locked' } });
};

/** @throws AppError lease_ended when nothing may be written any more */
export const assertLeaseWritable = (db: ReadableDb, now: number): void => {
  const lease = leaseOf(db, now);
  if (lease && lease.state !== 'ok') throw new AppError('lease_ended', { params: { state: lease.state } });
};
