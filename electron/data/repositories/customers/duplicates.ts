import type { Output, Parsed } from '#shared/contracts/registry.ts';
import type { Customer } from '#shared/domain/entities/index.ts';
import { duplicateReasons, type Likeness } from '#shared/domain/rules/duplicates.ts';
import { normaliseName, spellingOf } from '#shared/domain/rules/names.ts';
import { normalisePhone } from '#shared/domain/rules/phone.ts';
import { type ReadableDb, read } from '../../database/connection.ts';
import { detailOf } from './suggest.ts';

type Question = Parsed<'customer.duplicates'>;
type Duplicate = Output<'customer.duplicates'>['duplicates'][number];

interface Row {
  id: string;
  name: string;
  kind: Customer['kind'];
  name_norm: string;
  name_key: string;
  phone_keys: string;
  phone: string | null;
  id_tail: string | null;
  employer: string | null;
  industry: string | null;
  customer_no: string | null;
}

const SHOWN = 10;
const CANDIDATES = 500;
/** Companies are compared with those whose names begin alike. */
const PREFIX = 3;

const employerOf = (employer: string | null): string | null =>
  employer ? normaliseName(employer, 'company') : null;

const likenessOfQuestion = (question: Question): Likeness => ({
  kind: question.kind,
  name: normaliseName(question.name, question.kind),
  sound: spellingOf(question.name).full,
  phones: question.phones.flatMap((phone) => normalisePhone(phone) ?? []),
  idTail: question.idTail.trim() || null,
  employer: employerOf(question.employer),
  customerNo: question.customerNo.trim() || null,
});

const likenessOfRow = (row: Row): Likeness => ({
  kind: row.kind,
  name: row.name_norm,
  sound: row.name_key,
  phones: JSON.parse(row.phone_keys) as string[],
  idTail: row.id_tail,
  employer: employerOf(row.employer),
  customerNo: row.customer_no,
});

/** Everybody an index can find who might be the same; the rule then decides. */
const candidates = (db: ReadableDb, like: Likeness): Row[] => {
  const prefix =
    like.kind === 'company' && [...like.name].length >= PREFIX
      ? [...like.name].slice(0, PREFIX).join('')
      : '';
  const bySound = like.kind === 'person' && (like.idTail || like.employer) ? like.sound : '';
  return read<Row>(
    db,
    `SELECT f.customer_id AS id, f.name, f.kind, f.name_norm, f.name_key, f.phone_keys, f.phone, c.id_tail,
       f.employer, f.industry, f.customer_no
     FROM customer_fact f JOIN customer c ON c.id = f.customer_id WHERE f.customer_id IN (
       SELECT * FROM (SELECT customer_id FROM customer_fact WHERE name_norm = @name AND @name <> '' LIMIT ${CANDIDATES})
       UNION SELECT * FROM (SELECT customer_id FROM customer_fact
         WHERE @prefix <> '' AND name_norm >= @prefix AND name_norm < @prefix || char(1114111)
           AND (abs(length(name_norm) - length(@name)) <= 1 OR substr(name_norm, 1, length(@name)) = @name
             OR substr(@name, 1, length(name_norm)) = name_norm) LIMIT ${CANDIDATES})
       UNION SELECT * FROM (SELECT customer_id FROM customer_fact WHERE name_key = @sound AND @sound <> '' LIMIT ${CANDIDATES})
       UNION SELECT customer_id FROM customer_phone WHERE phone IN (SELECT value FROM json_each(@phones))
       UNION SELECT id FROM customer WHERE customer_no = @no AND deleted = 0)`,
  ).all({
    name: like.name,
    prefix,
    sound: bySound,
    phones: JSON.stringify(like.phones),
    no: like.customerNo ?? '',
  });
};

/** Customers that may be the one being typed, the likeliest first. */
export const duplicatesOf = (db: ReadableDb, question: Question): Duplicate[] => {
  const like = likenessOfQuestion(question);
  return candidates(db, like)
    .filter((row) => row.id !== question.id)
    .map((row) => ({
      id: row.id,
      name: row.name,
      because: duplicateReasons(like, likenessOfRow(row)),
      detail: detailOf(row),
    }))
    .filter((one) => one.because.length > 0)
    .toSorted((a, b) => b.because.length - a.because.length || (a.id < b.id ? -1 : 1))
    .slice(0, SHOWN);
};
