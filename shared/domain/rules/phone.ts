import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** Where a number without a country belongs. */
const HOME: CountryCode = 'CN';
const MAINLAND_MOBILE = /^1[3-9]\d{9}$/;

/** The digits of a number as typed. */
export const digitsOf = (number: string): string => number.normalize('NFKC').replace(/\D/g, '');

/**
 * One spelling per phone number, so that two ways of writing it meet (S1-06): E.164 where the number is valid, else its
 * bare digits. Null when there are fewer than five digits.
 */
export const normalisePhone = (number: string): string | null => {
  const digits = digitsOf(number);
  // Most numbers of a book are mainland mobiles; the general parser costs fifty times as much.
  if (MAINLAND_MOBILE.test(digits) && !number.includes('+')) return `+86${digits}`;
  const parsed = parsePhoneNumberFromString(number.normalize('NFKC').replace(/转.*$/, ''), HOME);
  if (parsed?.isValid()) return parsed.number;
  return digits.length >= 5 ? digits : null;
};
