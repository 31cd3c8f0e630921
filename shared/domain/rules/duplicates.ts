import type { Customer } from '../entities/index.ts';

/** What two files are compared by; names and phones already normalised (names.ts, phone.ts). */
export interface Likeness {
  kind: Customer['kind'];
  name: string;
  /** Full pinyin of the name. */
  sound: string;
  phones: readonly string[];
  idTail: string | null;
  employer: string | null;
  customerNo: string | null;
}

export type DuplicateReason = 'name' | 'phone' | 'idTail' | 'employer' | 'customerNo';

const NEAR_NAME_LENGTH = 6;
const CONTAINED_LENGTH = 4;

/** Whether one edit (a letter more, less or other) turns one name into the other. */
const withinOneEdit = (a: string, b: string): boolean => {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  const rest = short.length === long.length ? at + 1 : at;
  return short.slice(rest) === long.slice(at + 1);
};

/** Names that are probably one: equal; for companies also contained or one slip of the keys apart. */
export const isSameName = (a: Likeness, b: Likeness): boolean => {
  if (a.name === '' || b.name === '') return false;
  if (a.name === b.name) return true;
  if (a.kind !== 'company' || b.kind !== 'company') return false;
  const [short, long] = a.name.length <= b.name.length ? [a.name, b.name] : [b.name, a.name];
  if (short.length >= CONTAINED_LENGTH && long.startsWith(short)) return true;
  return short.length >= NEAR_NAME_LENGTH && withinOneEdit(short, long);
};

const soundsAlike = (a: Likeness, b: Likeness): boolean => a.sound !== '' && a.sound === b.sound;

const both = <T>(a: T | null, b: T | null): boolean => a !== null && a !== '' && a === b;

/**
 * Why two files may be one customer (S1-06): number, phone or name; the tail of a document or an employer only together
 * with a name that is or sounds the same. Empty when nothing speaks for it.
 */
export const duplicateReasons = (a: Likeness, b: Likeness): DuplicateReason[] => {
  const reasons: DuplicateReason[] = [];
  const sameKind = a.kind === b.kind;
  if (both(a.customerNo, b.customerNo)) reasons.push('customerNo');
  if (a.phones.some((phone) => b.phones.includes(phone))) reasons.push('phone');
  const named = sameKind && isSameName(a, b);
  if (named) reasons.push('name');
  if (sameKind && (named || soundsAlike(a, b))) {
    if (both(a.idTail, b.idTail)) reasons.push('idTail');
    if (both(a.employer, b.employer)) reasons.push('employer');
  }
  return reasons;
};
