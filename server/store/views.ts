import { createHash } from 'node:crypto';
import { z } from 'zod';
import { entities } from '#shared/domain/entities/index.ts';
import type { EntityDefinition } from '#shared/domain/entity.ts';
import { instant, plainDate } from '#shared/domain/fields.ts';
import type { Database, Sql } from './database.ts';

/** One server makes the views, the others of the same database wait. The number only has to be ours. */
const LOCK = 7_265_102;
const SCHEMA = 'reporting';
const META = 'reporting_views';

interface JsonSchema {
  type?: string;
  format?: string;
  pattern?: string;
  default?: unknown;
  anyOf?: JsonSchema[];
}

const jsonSchemaOf = (schema: z.ZodType): JsonSchema =>
  z.toJSONSchema(schema, { unrepresentable: 'any' }) as JsonSchema;
const INSTANT = jsonSchemaOf(instant()).pattern;
const DATE = jsonSchemaOf(plainDate()).pattern;

/** The type of PostgreSQL that holds what a field may be; jsonb for lists and objects. */
const columnType = (field: JsonSchema): string => {
  const known = field.anyOf?.filter(({ type }) => type !== 'null');
  if (known) return known.length === 1 && known[0] ? columnType(known[0]) : 'jsonb';
  if (field.type === 'boolean') return 'boolean';
  if (field.type === 'integer') return 'bigint';
  if (field.type === 'number') return 'double precision';
  if (field.type !== 'string') return 'jsonb';
  if (field.format === 'uuid') return 'uuid';
  if (field.pattern === INSTANT) return 'timestamptz';
  return field.pattern === DATE ? 'date' : 'text';
};

/** `balanceMinor` as a database spells it. */
const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const literal = (value: unknown): string =>
  `'${(typeof value === 'string' ? value : JSON.stringify(value)).replaceAll("'", "''")}'`;

/** A record leaves out fields that are at their default: the view puts it back. */
const columnOf = (name: string, field: JsonSchema): string => {
  const type = columnType(field);
  const read = type === 'jsonb' ? `data->'${name}'` : `(data->>'${name}')::${type}`;
  const value =
    field.default === undefined || field.default === null
      ? read
      : `coalesce(${read}, ${literal(field.default)}::${type})`;
  return `${value} AS "${snake(name)}"`;
};

const viewOf = ({ name, schema }: EntityDefinition): string => {
  const columns = Object.entries(schema.shape)
    .filter(([field]) => field !== 'customerId')
    .map(([field, type]) => columnOf(field, jsonSchemaOf(type as z.ZodType)));
  return `CREATE VIEW ${SCHEMA}."${snake(name)}" AS
SELECT book_id, id, customer_id, owner_id, seq, ${columns.join(', ')}
FROM record WHERE entity = '${name}' AND NOT deleted`;
};

/** The statements that make one view per entity in the schema `reporting`, from the entities' own schemas. */
export const viewStatements = (): string[] =>
  Object.values(entities).map((entity) => viewOf(entity as unknown as EntityDefinition));

/** The schema stays, and with it what readers were granted in it. */
const dropViews = async (sql: Sql): Promise<void> => {
  await sql.query(`CREATE SCHEMA IF NOT EXISTS ${SCHEMA}`);
  const made = await sql.query<{ name: string }>(
    'SELECT viewname AS name FROM pg_views WHERE schemaname = $1',
    [SCHEMA],
  );
  for (const { name } of made) await sql.query(`DROP VIEW ${SCHEMA}."${name}"`);
};

/**
 * Makes the views for reporting when the entities have changed since they were made. Call it after the migrations. It fails
 * when somebody built a view of their own on one of these: say so in the log and serve on.
 */
export const ensureViews = async (db: Database): Promise<boolean> => {
  const statements = viewStatements();
  const wanted = createHash('sha256').update(statements.join('\n')).digest('hex');
  return db.transaction(async (sql) => {
    await sql.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
    const [made] = await sql.query<{ value: string }>('SELECT value FROM server_meta WHERE key = $1', [META]);
    if (made?.value === wanted) return false;
    await dropViews(sql);
    for (const statement of statements) await sql.query(statement);
    await sql.query(
      'INSERT INTO server_meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
      [META, wanted],
    );
    return true;
  });
};
