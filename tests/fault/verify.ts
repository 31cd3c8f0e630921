import { isDeepStrictEqual } from 'node:util';
import type { EntityName } from '#shared/domain/entities/index.ts';
import { entities } from '#shared/domain/entities/index.ts';
import { brokenAuditRow } from '../../electron/data/database/audit.ts';
import type { Book } from '../../electron/data/database/book.ts';
import { codecs } from '../../electron/data/database/codec.ts';
import { read } from '../../electron/data/database/connection.ts';
import { DRAFT, type Model, type ModelRecord } from './model.ts';

const count = (book: Book, sql: string): number => read<{ n: number }>(book.db, sql).get()?.n ?? -1;

const differences = (book: Book, expected: ModelRecord): string[] => {
  const codec = codecs[expected.entity];
  const row = read(book.db, codec.selectSql).get(expected.id);
  const name = `${expected.entity} ${expected.id}`;
  if (!row) return [`${name} is missing`];
  if ((row.deleted === 1) !== expected.deleted)
    return [`${name} is ${expected.deleted ? 'there again' : 'gone'}`];
  const record = codec.decode(row);
  return Object.entries(expected.fields)
    .filter(([field, value]) => !isDeepStrictEqual(record[field], value))
    .map(
      ([field, value]) =>
        `${name}.${field} is ${JSON.stringify(record[field])}, not ${JSON.stringify(value)}`,
    );
};

/** Compares every record of the book with the model. */
export const compareRecords = (book: Book, model: Model): string[] => {
  const found = (Object.keys(entities) as EntityName[]).reduce(
    (sum, entity) => sum + count(book, `SELECT count(*) AS n FROM ${codecs[entity].table}`),
    0,
  );
  return [
    ...(found === model.records.size ? [] : [`${found} records instead of ${model.records.size}`]),
    ...[...model.records.values()].flatMap((record) => differences(book, record)),
  ];
};

/** What must hold in every book, whatever it contains. */
export const checkBook = (book: Book): string[] => {
  const pushed = Object.values(entities)
    .filter(({ merge }) => ['fields', 'append', 'text'].includes(merge))
    .map(({ name }) => `'${name}'`);
  const facts: [string, boolean][] = [
    ['integrity check', book.writable.pragma('integrity_check', { simple: true }) === 'ok'],
    ['audit chain', brokenAuditRow(book.db) === null],
    [
      'every command audited once',
      count(book, 'SELECT count(*) AS n FROM command') ===
        count(book, 'SELECT count(*) AS n FROM audit_event') &&
        count(book, 'SELECT count(DISTINCT command_id) AS n FROM audit_event') ===
          count(book, 'SELECT count(*) AS n FROM command'),
    ],
    [
      'every change in the outbox once',
      count(book, `SELECT count(*) AS n FROM change WHERE entity IN (${pushed.join(',')})`) ===
        count(book, 'SELECT count(DISTINCT change_seq) AS n FROM outbox') &&
        count(book, 'SELECT count(*) AS n FROM outbox') ===
          count(book, 'SELECT count(DISTINCT change_seq) AS n FROM outbox'),
    ],
    ['nothing for review', count(book, 'SELECT count(*) AS n FROM review') === 0],
    [
      'facts of every living customer',
      count(book, 'SELECT count(*) AS n FROM customer WHERE deleted = 0') ===
        count(book, 'SELECT count(*) AS n FROM customer_fact'),
    ],
    [
      'stamps in order',
      count(
        book,
        'SELECT count(*) AS n FROM (SELECT stamp, lag(stamp) OVER (ORDER BY seq) AS former FROM change) WHERE stamp <= former',
      ) === 0,
    ],
  ];
  return facts.filter(([, holds]) => !holds).map(([name]) => `does not hold: ${name}`);
};

/** The number that the draft holds; 0 when there is none. */
export const draftIn = (book: Book): number =>
  Number(read<{ value: string }>(book.db, 'SELECT value FROM draft WHERE key = ?').get(DRAFT)?.value ?? 0);

export const knows = (book: Book, commandId: string): boolean =>
  read(book.db, 'SELECT id FROM command WHERE id = ?').get(commandId) !== undefined;
