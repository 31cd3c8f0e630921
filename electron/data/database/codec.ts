import { z } from 'zod';
import { type EntityName, entities } from '#shared/domain/entities/index.ts';

export type ColumnKind = 'text' | 'number' | 'flag' | 'json';
export interface Column {
  field: string;
  column: string;
  kind: ColumnKind;
}

/** customerId becomes customer_id. */
export const snakeCase = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const unwrap = (schema: z.ZodType): z.ZodType =>
  schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodDefault
    ? unwrap(schema.unwrap() as z.ZodType)
    : schema;

const kindOf = (schema: z.ZodType): ColumnKind => {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodBoolean) return 'flag';
  if (inner instanceof z.ZodNumber) return 'number';
  if (inner instanceof z.ZodString || inner instanceof z.ZodEnum || inner instanceof z.ZodUUID) return 'text';
  if (inner instanceof z.ZodArray || inner instanceof z.ZodObject || inner instanceof z.ZodRecord)
    return 'json';
  throw new Error(`no column kind for a ${inner.def.type}`);
};

/** How records of one entity lie in their table. */
export interface Codec {
  table: string;
  columns: Column[];
  /** Values of `fields` in the order of `columns`, as SQLite takes them; fields left out have their default. */
  encode(fields: Record<string, unknown>): (string | number | null)[];
  selectSql: string;
  insertSql: string;
  encodeField(column: Column, value: unknown): string | number | null;
  /** The record of a row: its id and every field. */
  decode(row: Record<string, unknown>): Record<string, unknown> & { id: string };
}

const encodeField = (column: Column, value: unknown): string | number | null => {
  if (value === null || value === undefined) return null;
  if (column.kind === 'json') return JSON.stringify(value);
  if (column.kind === 'flag') return value ? 1 : 0;
  return value as string | number;
};

const decodeField = (column: Column, value: unknown): unknown => {
  if (value === null || value === undefined) return null;
  if (column.kind === 'json') return JSON.parse(value as string);
  if (column.kind === 'flag') return value === 1;
  return value;
};

const codecFor = (name: EntityName): Codec => {
  const columns = Object.entries(entities[name].schema.shape).map(([field, schema]) => ({
    field,
    column: snakeCase(field),
    kind: kindOf(schema as z.ZodType),
  }));
  const table = snakeCase(name);
  const defaults = new Map(
    columns.map((column) => {
      const blank = (entities[name].schema.shape as Record<string, z.ZodType>)[column.field]?.safeParse(
        undefined,
      );
      return [column.field, encodeField(column, blank?.success ? blank.data : null)];
    }),
  );
  const names = ['id', ...columns.map((column) => `"${column.column}"`), 'stamps'];
  return {
    table,
    columns,
    selectSql: `SELECT * FROM ${table} WHERE id = ?`,
    insertSql: `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
    encode: (fields) =>
      columns.map((column) => {
        const value = fields[column.field];
        return value === undefined ? (defaults.get(column.field) ?? null) : encodeField(column, value);
      }),
    encodeField,
    decode(row) {
      const record: Record<string, unknown> & { id: string } = { id: row.id as string };
      for (const column of columns) record[column.field] = decodeField(column, row[column.column]);
      return record;
    },
  };
};

/** The codec of every entity. */
export const codecs = Object.fromEntries(
  (Object.keys(entities) as EntityName[]).map((name) => [name, codecFor(name)]),
) as Record<EntityName, Codec>;
