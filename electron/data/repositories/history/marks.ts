import type { Output, Parsed } from '#shared/contracts/registry.ts';
import type { Mark } from '#shared/contracts/sync.ts';
import { type EntityName, entities } from '#shared/domain/entities/index.ts';
import { DELETED } from '#shared/sync/merge.ts';
import type { Operation } from '#shared/sync/mutation.ts';
import { codecs } from '../../database/codec.ts';
import { type ReadableDb, read } from '../../database/connection.ts';

/** Most marks of one kind: a page shows no more, and what waits may be everything. */
const MOST = 2_000;

/** Entities below a customer that a person writes. */
const CHILDREN = (Object.keys(entities) as EntityName[]).filter(
  (name) =>
    name !== 'fieldConflict' &&
    entities[name].merge !== 'server' &&
    'customerId' in entities[name].schema.shape,
);

/** Ids of a customer and of all that is shown below it; what was removed has no line to carry a mark. */
const BELOW = [
  'SELECT :customerId AS id',
  ...CHILDREN.map(
    (name) => `SELECT id FROM ${codecs[name].table} WHERE customer_id = :customerId AND deleted = 0`,
  ),
].join(' UNION ALL ');
const GIVEN = 'SELECT value AS id FROM json_each(:recordIds)';

interface Found {
  entity: string;
  record_id: string;
  customer_id: string | null;
  op: Operation;
  /** Names of the changed fields, as JSON. */
  fields: string;
  item_id: string | null;
}

/** One mark per field of an update; the whole record where it is new, gone or back. */
const marksOf = (
  kind: Mark['kind'],
  { entity, record_id, customer_id, op, fields, item_id }: Found,
): Mark[] => {
  const mark = { entity, recordId: record_id, customerId: customer_id, kind, itemId: item_id };
  if (op !== 'update') return [{ ...mark, field: null }];
  return (JSON.parse(fields) as string[]).map((field) => ({
    ...mark,
    field: field === DELETED ? null : field,
  }));
};

const namesIn = (json: string): string => `(SELECT json_group_array(key) FROM json_each(${json}))`;

const waiting = (records: string): string => `
  SELECT c.entity, c.record_id, NULL AS customer_id, c.op, ${namesIn('c.fields')} AS fields, NULL AS item_id
  FROM (${records}) r
  CROSS JOIN change c ON c.record_id = r.id
  CROSS JOIN outbox o ON o.change_seq = c.seq
  ORDER BY c.seq LIMIT ${MOST}`;

/** The whole of a refused mutation was refused, whatever field the reason is about. */
const refused = (where: string): string => `
  SELECT entity, record_id, customer_id, op, ${namesIn("mutation -> '$.fields'")} AS fields, id AS item_id
  FROM refused WHERE settled_as IS NULL AND (${where}) ORDER BY change_seq LIMIT ${MOST}`;

const conflicts = (where: string): string => `
  SELECT entity, record_id, customer_id, 'update' AS op, json_array(field) AS fields, id AS item_id
  FROM field_conflict WHERE settled_as IS NULL AND deleted = 0 AND (${where}) ORDER BY created_at LIMIT ${MOST}`;

/** A field that was typed three times waits once; a record that waits whole needs no marks on its fields. */
const once = (marks: readonly Mark[]): Mark[] => {
  const whole = new Set(
    marks.filter(({ kind, field }) => kind === 'waiting' && field === null).map(({ recordId }) => recordId),
  );
  const seen = new Map<string, Mark>();
  for (const mark of marks) {
    if (mark.kind === 'waiting' && mark.field !== null && whole.has(mark.recordId)) continue;
    const key = [mark.kind, mark.recordId, mark.field, mark.itemId].join(' ');
    if (!seen.has(key)) seen.set(key, mark);
  }
  return [...seen.values()];
};

/**
 * What is waiting, refused or in conflict: on a customer and below, or on single records. Of single customers also what is
 * disputed below them is told, so that a line of a list can say so.
 */
export const marks = (
  db: ReadableDb,
  { customerId, recordIds }: Parsed<'sync.marks'>,
): Output<'sync.marks'> => {
  const [records, where, bound] =
    customerId === undefined
      ? [
          GIVEN,
          `record_id IN (${GIVEN}) OR customer_id IN (${GIVEN})`,
          { recordIds: JSON.stringify(recordIds ?? []) },
        ]
      : [BELOW, 'customer_id = :customerId OR record_id = :customerId', { customerId }];
  const found = (sql: string): Found[] => read<Found>(db, sql).all(bound);
  return {
    marks: once([
      ...found(waiting(records)).flatMap((row) => marksOf('waiting', row)),
      ...found(refused(where)).flatMap((row) => marksOf('refused', row)),
      ...found(conflicts(where)).flatMap((row) => marksOf('conflict', row)),
    ]),
  };
};
