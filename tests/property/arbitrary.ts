import fc, { type Arbitrary } from 'fast-check';
import { z } from 'zod';

/** Strings of every shape the contracts ask for; which of them a schema takes, it says itself. */
export interface Pool {
  strings: readonly string[];
  /** Strings that are likely meant by a field of this name. */
  byField: Readonly<Record<string, readonly string[]>>;
}

const stringsFor = (schema: z.ZodType, pool: Pool): Arbitrary<unknown> => {
  const fitting = pool.strings.filter((text) => schema.safeParse(text).success);
  return fitting.length > 0 ? fc.constantFrom(...fitting) : fc.string();
};

const numbersFor = (schema: z.ZodType): Arbitrary<unknown> => {
  const fitting = [0, 1, 2, 5, 30, 100, 1_000, -1, 0.5].filter((number) => schema.safeParse(number).success);
  return fitting.length > 0 ? fc.constantFrom(...fitting) : fc.integer();
};

/** A field by its name where that is known: the id of a customer where a customer is meant. */
const fieldFor = (name: string, schema: z.ZodType, pool: Pool): Arbitrary<unknown> => {
  const any = validFor(schema, pool);
  const likely = (pool.byField[name] ?? []).flatMap((text) => [text, [text]]);
  const fitting = likely.filter((value) => schema.safeParse(value).success);
  return fitting.length === 0 ? any : fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...fitting) }, any);
};

const objectFor = (schema: z.ZodObject, pool: Pool): Arbitrary<unknown> => {
  const fields = Object.entries(schema.shape as Record<string, z.ZodType>);
  const optional = fields.filter(([, field]) => field.safeParse(undefined).success).map(([name]) => name);
  const values = new Map(fields.map(([name, field]) => [name, fieldFor(name, field, pool)]));
  const needed = fields.map(([name]) => name).filter((name) => !optional.includes(name));
  // few at a time: among sixty fields one would always be wrong
  return fc.subarray(optional, { maxLength: Math.min(4, optional.length) }).chain((given) => {
    const chosen = [...values].filter(([name]) => needed.includes(name) || given.includes(name));
    return fc.record(Object.fromEntries(chosen)) as Arbitrary<unknown>;
  });
};

/** Values that a schema takes, or nearly: the rules beyond its types are only met by luck. */
export const validFor = (schema: z.ZodType, pool: Pool): Arbitrary<unknown> => {
  if (schema instanceof z.ZodObject) return objectFor(schema, pool);
  if (schema instanceof z.ZodArray)
    return fc.array(validFor(schema.element as z.ZodType, pool), { maxLength: 3 });
  if (schema instanceof z.ZodTuple)
    return fc.tuple(...schema.def.items.map((item) => validFor(item as z.ZodType, pool)));
  if (schema instanceof z.ZodRecord)
    return fc.dictionary(
      fc.string({ minLength: 1, maxLength: 10 }),
      validFor(schema.valueType as z.ZodType, pool),
      {
        maxKeys: 3,
      },
    );
  if (schema instanceof z.ZodNullable)
    return fc.option(validFor(schema.unwrap() as z.ZodType, pool), { nil: null });
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return fc.option(validFor(schema.unwrap() as z.ZodType, pool), { nil: undefined, freq: 2 });
  if (schema instanceof z.ZodUnion)
    return fc.oneof(...schema.options.map((option) => validFor(option as z.ZodType, pool)));
  if (schema instanceof z.ZodLazy) return validFor(schema.unwrap() as z.ZodType, { ...pool });
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options);
  if (schema instanceof z.ZodLiteral) return fc.constantFrom(...schema.values);
  if (schema instanceof z.ZodBoolean) return fc.boolean();
  if (schema instanceof z.ZodNumber) return numbersFor(schema);
  if (schema instanceof z.ZodUnknown) return fc.jsonValue({ maxDepth: 2 });
  return stringsFor(schema, pool);
};

const HOSTILE_KEYS = ['__proto__', 'constructor', 'prototype', 'toString', 'id', '$where', 'a.b', ''];

/** Values no screen would send. */
export const hostile = (strings: readonly string[]): Arbitrary<unknown> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...strings) },
    fc.constantFrom<unknown>(
      null,
      undefined,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      -0,
      2 ** 53,
      1e308,
      true,
      '',
      '\u0000',
      '\ud800',
      [],
      {},
      10n ** 30n,
      new Date(Number.NaN),
      new Map([['a', 1]]),
      new Uint8Array(4),
      JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
      'x'.repeat(300_000),
    ),
    fc.object({ maxDepth: 2 }),
  );

/** Puts something hostile somewhere into a value that was fine. */
export const spoiled = (value: unknown, poison: unknown, path: readonly number[]): unknown => {
  const [step = 0, ...rest] = path;
  if (Array.isArray(value) && value.length > 0 && path.length > 0)
    return value.map((item, n) => (n === step % value.length ? spoiled(item, poison, rest) : item));
  if (typeof value === 'object' && value !== null && path.length > 0) {
    const keys = Object.keys(value);
    const copy: Record<string, unknown> = { ...value };
    const added = step % (keys.length + 2);
    const key = keys[added];
    if (key !== undefined) copy[key] = spoiled(copy[key], poison, rest);
    else
      Object.defineProperty(copy, HOSTILE_KEYS[step % HOSTILE_KEYS.length] as string, {
        value: poison,
        enumerable: true,
        configurable: true,
        writable: true,
      });
    return copy;
  }
  return poison;
};
