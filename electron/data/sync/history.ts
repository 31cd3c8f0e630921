import type { EntityName } from '#shared/domain/entities/index.ts';
import { clientOf, type Stamp, timeOf } from '#shared/sync/clock.ts';
import { type FieldStamps, type Operation, stampOf } from '#shared/sync/mutation.ts';
import { type ReadableDb, read, type WritableDb, write } from '../database/connection.ts';

/** Who the server itself is in the history, where nobody typed. */
export const THE_BANK = 'server';

/** The user behind a client, as pages told it; the server itself where it is none. */
const authorOf = (db: ReadableDb, stamp: Stamp): string =>
  read<{ user_id: string }>(db, 'SELECT user_id FROM sync_author WHERE client_id = ?').get(clientOf(stamp))
    ?.user_id ?? THE_BANK;

/** Keeps who is behind the clients of a page. */
export const keepAuthors = (db: WritableDb, authors: Record<string, string>): void => {
  for (const [client, user] of Object.entries(authors))
    write(db, 'INSERT OR REPLACE INTO sync_author (client_id, user_id) VALUES (?, ?)').run(client, user);
};

export interface ForeignChange {
  entity: EntityName;
  id: string;
  op: Operation;
  fields: Record<string, unknown>;
  before: Record<string, unknown>;
  /** Stamps of the record as it is now. */
  stamps: FieldStamps;
}

/** Writes into the history what others typed: a line per moment and writer. */
export const keepHistory = (db: WritableDb, change: ForeignChange, syncId: string): void => {
  const { entity, id, op, stamps } = change;
  const names = op === 'update' ? Object.keys(change.fields) : ['deleted'];
  const byStamp = new Map<Stamp, string[]>();
  for (const name of names) {
    const stamp = stampOf(stamps, name) ?? '';
    byStamp.set(stamp, [...(byStamp.get(stamp) ?? []), name]);
  }
  for (const [stamp, fields] of byStamp) {
    const pick = (values: Record<string, unknown>): string =>
      JSON.stringify(
        Object.fromEntries(fields.filter((name) => name in values).map((name) => [name, values[name]])),
      );
    write(
      db,
      `INSERT INTO change (command_id, entity, record_id, op, fields, before, base, stamp, schema_version, typed_at, author)
       VALUES (?, ?, ?, ?, ?, ?, '{}', ?, 1, ?, ?)`,
    ).run(
      syncId,
      entity,
      id,
      op,
      pick(change.fields),
      pick(change.before),
      stamp,
      new Date(timeOf(stamp)).toISOString(),
      authorOf(db, stamp),
    );
  }
};
