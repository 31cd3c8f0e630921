import { expect } from 'vitest';
import { codecs } from '../../../electron/data/database/codec.ts';
import { read } from '../../../electron/data/database/connection.ts';
import { localSums } from '../../../electron/data/sync/checksum.ts';
import { cursorOf } from '../../../electron/data/sync/connection.ts';
import { countWaiting } from '../../../electron/data/sync/outbox.ts';
import { isKnownEntity, shapeData } from '../../../electron/data/sync/shape.ts';
import { checksum } from '../../../server/store/checksum.ts';
import { visibleSql } from '../../../server/store/scope.ts';
import type { Laptop, World } from '../../support/sync-world.ts';

interface ServerRow {
  entity: string;
  id: string;
  data: Record<string, unknown>;
  stamps: Record<string, string>;
  seq: number;
}

const named = ({ entity, id }: { entity: string; id: string }): string => `${entity}/${id}`;

const normal = (kind: string, value: unknown): unknown =>
  kind === 'json' && typeof value === 'string' ? JSON.parse(value) : value;

/** The rows of a laptop, living, by name. */
const rowsOf = ({ book }: Laptop): Map<string, Record<string, unknown>> => {
  const rows = new Map<string, Record<string, unknown>>();
  for (const [entity, { table }] of Object.entries(codecs))
    for (const row of read<{ id: string }>(book.db, `SELECT * FROM ${table} WHERE deleted = 0`).all())
      rows.set(named({ entity, id: row.id }), row);
  return rows;
};

/** A laptop at rest holds exactly what its user may see, field by field and stamp by stamp, and its derived tables fit. */
export const expectAgreement = async ({ server, bookId }: World, laptop: Laptop): Promise<void> => {
  const { book, name, accountId, role } = laptop;
  expect(countWaiting(book.db), `${name}: the outbox`).toBe(0);
  expect(read(book.db, 'SELECT * FROM revoked_customer').all(), `${name}: customers to purge`).toEqual([]);
  const viewer = { bookId, accountId, role };
  const theirs = await server.db.query<ServerRow>(
    `SELECT entity, id, data, stamps, seq FROM record r WHERE r.book_id = $1 AND NOT r.deleted AND ${visibleSql(viewer)}`,
    [bookId, accountId],
  );
  const known = theirs.filter(({ entity }) => isKnownEntity(entity));
  const mine = rowsOf(laptop);
  expect([...mine.keys()].sort(), `${name}: records`).toEqual(known.map(named).sort());
  for (const record of known) {
    const { entity } = record;
    if (!isKnownEntity(entity)) continue;
    const row = mine.get(named(record)) ?? {};
    const codec = codecs[entity];
    const shaped = shapeData(entity, record.data);
    expect(row.server_seq, `${name}: seq of ${named(record)}`).toBe(record.seq);
    expect(JSON.parse(String(row.stamps)), `${name}: stamps of ${named(record)}`).toEqual(record.stamps);
    expect(row.extra === null ? null : JSON.parse(String(row.extra)), `${name}: unknown fields`).toEqual(
      shaped?.extra ?? null,
    );
    const wanted = codec.encode(shaped?.known ?? {});
    codec.columns.forEach(({ column, field, kind }, index) => {
      expect(normal(kind, row[column]), `${name}: ${field} of ${named(record)}`).toEqual(
        normal(kind, wanted[index]),
      );
    });
  }
  const parked = read<{ entity: string; id: string }>(book.db, 'SELECT entity, id FROM parked').all();
  for (const record of theirs.filter(({ entity }) => !isKnownEntity(entity)))
    expect(parked.map(named), `${name}: parked`).toContain(named(record));
  const facts = read<{ id: string }>(
    book.db,
    'SELECT customer_id AS id FROM customer_fact ORDER BY id',
  ).all();
  const customers = read<{ id: string }>(
    book.db,
    'SELECT id FROM customer WHERE deleted = 0 ORDER BY id',
  ).all();
  expect(facts, `${name}: facts`).toEqual(customers);
  const sums = await checksum(server.db, viewer);
  if (parked.length === known.length - theirs.length)
    expect(Object.fromEntries(await localSums(book.db)), `${name}: checksum`).toEqual(sums?.entities);
};

/** Position of a laptop's cursor: [epoch, seq, within]. */
export const positionOf = ({ book }: Laptop): [string, number, number] | null => {
  const [epoch = '', , seq, within] = (cursorOf(book.db) ?? '').split('.');
  return seq === undefined ? null : [epoch, Number(seq), Number(within)];
};
