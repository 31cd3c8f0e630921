import { z } from 'zod';

/** Longest free text a single field may hold, in UTF-16 units. Longer texts belong in several notes. */
export const LONG_TEXT = 200_000;

const isStorable = (value: string): boolean => value.isWellFormed() && !value.includes('\u0000');

/** A string that survives SQLite and UTF-8 unchanged: well-formed Unicode without NUL, trimmed, at most `max` units. */
export const text = (max = 500) =>
  z.string().max(max).refine(isStorable, { message: 'validation.unstorable' });

/** Like {@link text} but trimmed and not empty. */
export const requiredText = (max = 500) =>
  z
    .string()
    .trim()
    .min(1, { message: 'validation.required' })
    .max(max)
    .refine(isStorable, { message: 'validation.unstorable' });

/** A field that may be unknown. Unknown is null, never zero, false or the empty string. */
export const unknownable = <T extends z.ZodType>(schema: T) => schema.nullable().default(null);

/** UUID as text (version 7 when made here, any version when imported). */
export const id = () => z.uuid();

/** Instant in UTC, ISO 8601 with milliseconds and Z. */
export const instant = () =>
  z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, { message: 'validation.instant' })
    .refine((value) => !Number.isNaN(Date.parse(value)), { message: 'validation.instant' });

const isRealDate = (value: string): boolean => {
  const parsed = new Date(`${value}T00:00:00.000Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(value);
};

/** Plain calendar date YYYY-MM-DD that exists. */
export const plainDate = () =>
  z
    .string()
    .regex(/^\d{4}-\d\d-\d\d$/, { message: 'validation.date' })
    .refine(isRealDate, { message: 'validation.date' });

/** Wall-clock time HH:mm. */
export const clockTime = () => z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { message: 'validation.time' });

/** IANA time zone in which an instant was typed, for example Asia/Shanghai. */
export const zone = () =>
  z
    .string()
    .max(64)
    .regex(/^[A-Za-z_+\-/0-9]+$/, { message: 'validation.zone' });

/** Integer minor units (fen, cents) that JavaScript holds exactly. */
export const minorUnits = () => z.number().int().min(Number.MIN_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER);

/** ISO 4217 currency code. */
export const currency = () => z.string().regex(/^[A-Z]{3}$/, { message: 'validation.currency' });

/** Share in basis points: 10,000 is 100 %. */
export const basisPoints = () => z.number().int().min(-1_000_000).max(1_000_000);
