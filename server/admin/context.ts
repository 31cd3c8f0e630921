import { v7 as uuid } from 'uuid';
import type { Clock } from '#shared/sync/clock.ts';
import { Fault } from '../http/fault.ts';
import type { Database, Sql } from '../store/database.ts';

/** How secrets become what is stored (server/auth). */
export interface Secrets {
  hashPassword(password: string): Promise<string>;
  /** A one-time code is random, so that a plain hash will do. */
  hashCode(code: string): string;
}

/** What a service of the administration works with, and in whose name. */
export interface AdminContext {
  db: Database;
  clock: Clock;
  now?: () => number;
  /** Who does it: a user's name, or the command line. */
  actor: string;
  secrets: Secrets;
}

/** The time of a service, as the records have it. */
export const instantOf = ({ now = Date.now }: AdminContext): string => new Date(now()).toISOString();

/** Notes what was done, in the transaction of what was done. Never a value of a customer's record. */
export const noteEvent = async (
  sql: Sql,
  { actor }: Pick<AdminContext, 'actor'>,
  action: string,
  target: string,
  detail: Record<string, unknown> = {},
): Promise<void> => {
  await sql.query(
    'INSERT INTO server_event (id, actor, action, target, detail) VALUES ($1, $2, $3, $4, $5::jsonb)',
    [uuid(), actor, action, target, JSON.stringify(detail)],
  );
};

/** The only row of an answer. @throws Fault not_found, naming what was looked for */
export const theOne = <Row>(rows: readonly Row[], what: string): Row => {
  const [row] = rows;
  if (row === undefined) throw new Fault('not_found', { detail: `no ${what}` });
  return row;
};
