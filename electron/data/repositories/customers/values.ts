import type { CustomerColumn } from '#shared/domain/filter.ts';
import { type ReadableDb, read } from '../../database/connection.ts';
import { columnValue, customValue } from './columns.ts';
import type { Day } from './day.ts';
import { literally, type Sql, sql } from './sql.ts';

interface Count {
  value: string;
  count: number;
}

const LIMIT = 200;
const CUSTOM = 'custom:';

const source = (column: string, day: Day): { from: string; value: Sql } => {
  const facts = 'customer_fact f';
  if (column.startsWith(CUSTOM)) return { from: facts, value: customValue(column.slice(CUSTOM.length)) };
  if (column === 'tags')
    return {
      from: "(SELECT j.value AS tag FROM customer_fact f, json_each(f.tags) j WHERE f.tags <> '[]')",
      value: sql('tag'),
    };
  const name = column as CustomerColumn;
  return { from: facts, value: columnValue(name === 'daysSinceContact' ? 'lastContactAt' : name, day) };
};

/** The values a column has and how often, the most frequent first; `text` narrows them down. */
export const valuesOf = (db: ReadableDb, column: string, text: string, day: Day): Count[] => {
  const { from, value } = source(column, day);
  return read<Count>(
    db,
    `SELECT CAST(v AS TEXT) AS value, count(*) AS count FROM (SELECT ${value.text} AS v FROM ${from})
     WHERE v IS NOT NULL AND v <> '' AND v LIKE ? ESCAPE '\\'
     GROUP BY v ORDER BY count(*) DESC, v LIMIT ${LIMIT}`,
  ).all(...value.params, `%${literally(text)}%`);
};

/** Names of the custom fields that at least one customer has. */
export const customFieldsOf = (db: ReadableDb): string[] =>
  read<{ name: string }>(db, 'SELECT name FROM custom_field WHERE customers > 0 ORDER BY name')
    .all()
    .map((row) => row.name);

/** Every tag with the number of customers that carry it. */
export const tagsOf = (db: ReadableDb): { id: string; name: string; color: string; count: number }[] =>
  read<{ id: string; name: string; color: string; count: number }>(
    db,
    `SELECT t.id, t.name, t.color, coalesce(n.count, 0) AS count FROM tag t LEFT JOIN (
       SELECT j.value AS id, count(*) AS count FROM customer_fact f, json_each(f.tags) j
       WHERE f.tags <> '[]' GROUP BY j.value) n ON n.id = t.id
     WHERE t.deleted = 0 ORDER BY t.name`,
  ).all();
