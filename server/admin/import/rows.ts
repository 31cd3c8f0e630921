import { entities } from '#shared/domain/entities/index.ts';
import { saysNothing } from '#shared/domain/import/numbers.ts';
import { Fault } from '../../http/fault.ts';
import { COLUMNS, ENTITY, fieldOfHeader, type ImportKind } from './columns.ts';
import type { Problem } from './report.ts';
import type { CsvLine } from './source.ts';

export interface ReadRow {
  line: number;
  /** Values by field; null where the file says that nobody knows. */
  fields: Record<string, unknown>;
}

interface Schema {
  safeParse(value: unknown): { success: boolean };
}

/** Fields that say where a row belongs and are none of its record. */
const OF_THE_FILE = new Set(['owner', 'reference', 'removed', 'book']);

const schemaOf = (kind: ImportKind, field: string): Schema | null => {
  if (kind === 'staff' || OF_THE_FILE.has(field) || (kind !== 'customers' && field === 'customerNo'))
    return null;
  return (entities[ENTITY[kind]].schema.shape as Record<string, Schema>)[field] ?? null;
};

/** What a list of numbers or addresses is in a record. */
const shaped = (field: string, value: unknown): unknown => {
  if (field === 'phones') return (value as string[]).map((number) => ({ label: '', number }));
  if (field === 'emails') return (value as string[]).map((address) => ({ label: '', address }));
  return value;
};

const columnsOf = (kind: ImportKind, header: CsvLine, ignoreUnknown: boolean): (string | null)[] => {
  const fields = header.cells.map((name) => fieldOfHeader(kind, name));
  // Spreadsheets leave columns without a name at the end.
  const unknown = header.cells.filter((name, n) => fields[n] === null && name.trim() !== '');
  const known = Object.keys(COLUMNS[kind]).join(', ');
  if (unknown.length > 0 && !ignoreUnknown)
    throw new Fault('invalid', {
      detail:
        `line 1: unknown column ${unknown.slice(0, 5).join(', ')}. Known: ${known}. Say ignore-unknown to leave others out`.slice(
          0,
          500,
        ),
    });
  const missing = Object.entries(COLUMNS[kind]).filter(
    ([field, { required }]) => required && !fields.includes(field),
  );
  if (missing.length > 0)
    throw new Fault('invalid', { detail: `line 1: no column ${missing.map(([field]) => field).join(', ')}` });
  const twice = fields.find((field, n) => field !== null && fields.indexOf(field) !== n);
  if (twice) throw new Fault('invalid', { detail: `line 1: two columns are ${twice}` });
  return fields;
};

/** Reads the rows of one file by its header. @throws Fault invalid when the header will not do */
export const createRowReader = (kind: ImportKind, header: CsvLine, ignoreUnknown: boolean) => {
  const fields = columnsOf(kind, header, ignoreUnknown);
  const columns = fields.map((field) => (field === null ? null : { field, ...COLUMNS[kind][field] }));
  return ({ line, cells }: CsvLine): ReadRow | Problem[] => {
    const row: ReadRow = { line, fields: {} };
    const problems: Problem[] = [];
    const fail = (n: number, reason: string): void => {
      problems.push({ line, column: header.cells[n] ?? String(n + 1), reason });
    };
    if (cells.length !== columns.length)
      return [{ line, column: '', reason: `${cells.length} cells, the header has ${columns.length}` }];
    for (const [n, column] of columns.entries()) {
      const raw = cells[n] ?? '';
      if (!column?.read) continue;
      if (saysNothing(raw)) {
        if (column.required) fail(n, 'empty');
        else row.fields[column.field] = null;
        continue;
      }
      const result = column.read(raw);
      if (!('value' in result)) {
        fail(n, 'rule' in result ? result.rule.replace('badRow.', '') : 'choice');
        continue;
      }
      const value = shaped(column.field, result.value);
      if (schemaOf(kind, column.field)?.safeParse(value).success === false) fail(n, 'does not fit');
      else row.fields[column.field] = value;
    }
    return problems.length > 0 ? problems : row;
  };
};
