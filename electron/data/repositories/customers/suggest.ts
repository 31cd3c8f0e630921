import type { Output } from '#shared/contracts/registry.ts';
import { digitsOf } from '#shared/domain/rules/phone.ts';
import { type ReadableDb, read } from '../../database/connection.ts';
import { literally } from './sql.ts';

type Suggestion = Output<'customer.suggest'>['rows'][number];

interface Row extends Omit<Suggestion, 'detail'> {
  employer: string | null;
  industry: string | null;
  phone: string | null;
  customer_no: string | null;
}

const COLUMNS =
  'f.customer_id AS id, f.name, f.kind, f.class, f.employer, f.industry, f.phone, f.customer_no';

/** What tells two customers of one name apart. */
export const detailOf = (row: Omit<Row, keyof Suggestion>): string =>
  [row.employer ?? row.industry, row.phone ?? row.customer_no].filter(Boolean).join(' · ');

const suggestion = (row: Row): Suggestion => ({
  id: row.id,
  name: row.name,
  kind: row.kind,
  class: row.class,
  detail: detailOf(row),
});

/** Latin letters may be pinyin: its initials, or the syllables run together. */
const SPELLED = `(f.initials LIKE @spelled || '%' OR replace(f.name_key, ' ', '') LIKE @spelled || '%')`;
const RANK = `CASE WHEN f.name LIKE @words ESCAPE '\\' THEN 0 WHEN f.name LIKE @words || '%' ESCAPE '\\' THEN 1
  WHEN @spelled <> '' AND f.initials = @spelled THEN 2 WHEN @spelled <> '' AND ${SPELLED} THEN 3 ELSE 4 END`;

/** Customers while typing: by name, pinyin, initials, number or phone; those met last when nothing is typed. */
export const suggestCustomers = (db: ReadableDb, text: string, limit: number): Suggestion[] => {
  const words = text.trim().toLowerCase();
  if (words === '')
    return read<Row>(db, `SELECT ${COLUMNS} FROM customer_fact f ORDER BY f.last_contact_at DESC LIMIT ?`)
      .all(limit)
      .map(suggestion);
  const letters = words.replace(/[\s']/g, '');
  const spelled = /^[a-z]+$/.test(letters) ? letters : '';
  const digits = digitsOf(words);
  const needle = digits.length >= 3 && /^[\d\s+()-]+$/.test(words) ? digits : words;
  return read<Row>(
    db,
    `SELECT ${COLUMNS} FROM customer_fact f
     WHERE instr(f.haystack, @needle) > 0 ${spelled ? `OR ${SPELLED}` : ''}
     ORDER BY ${RANK}, f.last_contact_at DESC, f.n LIMIT @limit`,
  )
    .all({ needle, words: literally(words), spelled, limit })
    .map(suggestion);
};
