import { randomBytes } from 'node:crypto';
import { type Clock, createClock } from '#shared/sync/clock.ts';

/** Clients of this kind are servers: what they stamp was typed by nobody. */
export const isServerClient = (clientId: string): boolean => clientId.startsWith('s-');

/** A clock for one server process; two processes never make the same stamp. */
export const createServerClock = (now: () => number = Date.now): Clock =>
  createClock(`s-${randomBytes(6).toString('hex')}`, now);
