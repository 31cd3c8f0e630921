import { normaliseName } from '#shared/domain/rules/names.ts';
import { normalisePhone } from '#shared/domain/rules/phone.ts';
import { type ReadableDb, read } from '../../database/connection.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What tells one customer from another in a file. */
export interface Identity {
  customerNo: string | null;
  phones: string[];
  name: string;
  idTail: string | null;
  birthDate: string | null;
  isCompany: boolean;
}

const textOr = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** The identity of a row; a name that was made up says nothing. */
export const identityOf = (
  fields: Fields,
  phones: readonly string[],
  kind: 'person' | 'company',
): Identity => ({
  customerNo: textOr(fields.customerNo),
  phones: phones.flatMap((phone) => normalisePhone(phone) ?? []),
  name: normaliseName(textOr(fields.name) ?? '', kind),
  idTail: textOr(fields.idTail),
  birthDate: textOr(fields.birthDate),
  isCompany: kind === 'company',
});

/**
 * Under which words a customer is known, the surest first: the number alone; name with phone, document or birthday; a
 * company's name alone; a phone alone only where the file has no names.
 */
export const keysOf = (who: Identity): string[] => {
  const { name } = who;
  const keys: (string | null)[] = [
    who.customerNo && `no ${who.customerNo}`,
    ...who.phones.map((phone) => (name === '' ? `phone ${phone}` : `named ${name} phone ${phone}`)),
    name && who.idTail && `named ${name} id ${who.idTail}`,
    name && who.birthDate && `named ${name} born ${who.birthDate}`,
    name && who.isCompany ? `company ${name}` : null,
  ];
  return keys.filter((key): key is string => Boolean(key));
};

interface Row {
  id: string;
  kind: string;
  id_tail: string | null;
  birth_date: string | null;
  customer_no: string | null;
}

/** Whether two rows of a file that are alike in something speak of two customers all the same. */
export const isAnother = (a: Identity, b: Identity): boolean =>
  Boolean(a.customerNo && b.customerNo && a.customerNo !== b.customerNo) ||
  Boolean(a.idTail && b.idTail && a.idTail !== b.idTail);

/** Two numbers or two documents are two customers, whatever else is alike. */
const contradicts = (who: Identity, row: Row): boolean =>
  Boolean(who.customerNo && row.customer_no && who.customerNo !== row.customer_no) ||
  Boolean(who.idTail && row.id_tail && who.idTail !== row.id_tail) ||
  who.isCompany !== (row.kind === 'company');

const COLUMNS = 'c.id, c.kind, c.id_tail, c.birth_date, c.customer_no';
const MOST_NAMESAKES = 200;

/** The customer of the book a row speaks of; null when it is somebody new. */
export const findCustomer = (db: ReadableDb, who: Identity): string | null => {
  if (who.customerNo) {
    const same = read<Row>(
      db,
      `SELECT ${COLUMNS} FROM customer c WHERE c.customer_no = ? AND c.deleted = 0`,
    ).get(who.customerNo);
    if (same) return same.id;
  }
  for (const phone of who.phones) {
    const holders = read<Row & { name_norm: string }>(
      db,
      `SELECT ${COLUMNS}, f.name_norm FROM customer_phone p JOIN customer c ON c.id = p.customer_id AND c.deleted = 0
       JOIN customer_fact f ON f.customer_id = c.id WHERE p.phone = ?`,
    ).all(phone);
    const fitting = holders.filter(
      (row) => !contradicts(who, row) && (who.name === '' || row.name_norm === who.name),
    );
    if (fitting.length === 1) return fitting[0]?.id ?? null;
  }
  if (who.name === '' || !(who.idTail || who.birthDate || who.isCompany)) return null;
  const namesakes = read<Row>(
    db,
    `SELECT ${COLUMNS} FROM customer_fact f JOIN customer c ON c.id = f.customer_id AND c.deleted = 0
     WHERE f.name_norm = ? LIMIT ${MOST_NAMESAKES}`,
  ).all(who.name);
  const same = namesakes.filter(
    (row) =>
      !contradicts(who, row) &&
      (who.isCompany ||
        (who.idTail !== null && who.idTail === row.id_tail) ||
        (who.birthDate !== null && who.birthDate === row.birth_date)),
  );
  return same.length === 1 ? (same[0]?.id ?? null) : null;
};
