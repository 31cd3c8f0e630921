import type { ImportMapping } from '#shared/contracts/book.ts';
import { instantAt } from '#shared/domain/dates.ts';
import type { ImportedRow } from '#shared/domain/import/row.ts';
import { holdingKindOf } from '#shared/domain/import/words.ts';
import { normalisePhone } from '#shared/domain/rules/phone.ts';

type Fields = Record<string, unknown>;
interface Phone {
  label: string;
  number: string;
}
interface Email {
  label: string;
  address: string;
}

/** What every record of one import has in common. */
export interface ImportFrame {
  importId: string;
  at: string;
  zone: string;
  mapping: ImportMapping;
  /** What the balance is called in the file: the name of a product nobody named. */
  balanceName: string;
}

const MOST_PHONES = 20;
/** Contacts without a time of day are put into office hours. */
const USUAL_TIME = '10:00';

const phoneList = (numbers: readonly string[], known: readonly Phone[]): Phone[] => {
  const list = [...known];
  const keys = new Set(known.map(({ number }) => normalisePhone(number) ?? number));
  for (const number of numbers) {
    const key = normalisePhone(number) ?? number;
    if (!keys.has(key) && list.length < MOST_PHONES) list.push({ label: '', number });
    keys.add(key);
  }
  return list;
};

const emailList = (addresses: readonly string[], known: readonly Email[]): Email[] => {
  const list = [...known];
  for (const address of addresses)
    if (list.length < MOST_PHONES && !list.some((one) => one.address.toLowerCase() === address.toLowerCase()))
      list.push({ label: '', address });
  return list;
};

/** What a row adds to a customer: what it knows goes over what is there, lists and own fields grow. */
export const customerFields = (row: ImportedRow, current: Fields): Fields => {
  const fields: Fields = { ...row.customer };
  const phones = (current.phones as Phone[] | undefined) ?? [];
  const emails = (current.emails as Email[] | undefined) ?? [];
  const allPhones = phoneList(row.phones, phones);
  const allEmails = emailList(row.emails, emails);
  if (allPhones.length > phones.length) fields.phones = allPhones;
  if (allEmails.length > emails.length) fields.emails = allEmails;
  if (Object.keys(row.custom).length > 0)
    fields.custom = { ...(current.custom as Fields | undefined), ...row.custom };
  return fields;
};

/** A holding as the row tells it; null when it tells none. */
export const holdingFields = (row: ImportedRow, customerId: string, frame: ImportFrame): Fields | null => {
  if (!row.holding) return null;
  const productName = (row.holding.productName as string | undefined) ?? frame.balanceName;
  return {
    kind: holdingKindOf(productName),
    productName,
    currency: frame.mapping.currency,
    asOf: frame.at.slice(0, 10),
    ...row.holding,
    customerId,
    importId: frame.importId,
    createdAt: frame.at,
  };
};

/** A contact as the row tells it; null when it tells none. */
export const interactionFields = (
  row: ImportedRow,
  customerId: string,
  frame: ImportFrame,
): Fields | null => {
  if (!row.interaction) return null;
  const { date, time, ...fields } = row.interaction;
  if (date === null && fields.summary === undefined) return null;
  const kind = (fields.kind as string | undefined) ?? 'call';
  return {
    kind,
    ...(kind === 'call' && { channel: 'phone' }),
    ...fields,
    at: date === null ? frame.at : instantAt(date, time ?? USUAL_TIME, frame.zone),
    zone: frame.zone,
    customerId,
    importId: frame.importId,
    createdAt: frame.at,
  };
};
