import { dayOf } from './dates.ts';

const PHONE = /^[+(]?[\d０-９][\d０-９+()\-\s./extx#,转轉]{3,38}$/iu;
const EMAIL = /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]{2,}$/u;

/** The phone numbers of a cell, as typed. Null when one of them is none. */
export const readPhones = (raw: string): string[] | null => {
  const list = raw
    .split(/[;；、,，\n]|\/(?=\s*[+\d]{5})/u)
    .map((one) => one.normalize('NFKC').trim())
    .filter(Boolean);
  const good = list.every(
    (one) => PHONE.test(one) && !/\de/iu.test(one) && one.replace(/\D/g, '').length >= 5,
  );
  return list.length > 0 && list.length <= 10 && good ? list : null;
};

/** The e-mail addresses of a cell. Null when one of them is none. */
export const readEmails = (raw: string): string[] | null => {
  const list = raw
    .split(/[;；、,，\s]+/u)
    .map((one) => one.trim())
    .filter(Boolean);
  return list.length > 0 && list.length <= 10 && list.every((one) => EMAIL.test(one) && one.length <= 200)
    ? list
    : null;
};

/** What of an identity document is kept: its last four signs, and what the number itself says. */
export interface IdFacts {
  tail: string;
  birthDate: string | null;
  gender: 'female' | 'male' | null;
}

/** Reads a document number; the number itself goes no further. Null when it has too few signs. */
export const readIdNumber = (raw: string): IdFacts | null => {
  const signs = raw
    .normalize('NFKC')
    .replace(/[^0-9a-z]/giu, '')
    .toUpperCase();
  if (signs.length < 4 || signs.length > 30) return null;
  const tail = signs.slice(-4);
  const mainland = /^\d{6}(\d{4})(\d{2})(\d{2})\d{2}(\d)[\dX]$/.exec(signs);
  const birthDate = mainland ? dayOf(Number(mainland[1]), Number(mainland[2]), Number(mainland[3])) : null;
  if (!mainland || !birthDate) return { tail, birthDate: null, gender: null };
  return { tail, birthDate, gender: Number(mainland[4]) % 2 === 1 ? 'male' : 'female' };
};
