import type { Parsed } from '#shared/contracts/registry.ts';
import { EVERYTHING } from '#shared/domain/filter.ts';
import { wordsOf } from '#shared/presentation/words.ts';
import { type ReadableDb, read } from '../../database/connection.ts';
import type { Job } from '../../jobs/jobs.ts';
import type { Day } from '../../repositories/customers/day.ts';
import { orderOf } from '../../repositories/customers/order.ts';
import { rowsOf } from '../../repositories/customers/rows.ts';
import { tagsOf } from '../../repositories/customers/values.ts';
import { inChunks } from './chunks.ts';
import { columnsOf, customerCell, exportColumns } from './customer-table.ts';
import type { Table } from './table.ts';

type Question = Pick<Parsed<'export.customers'>, 'view' | 'ids' | 'language'>;

const numbersOf = (db: ReadableDb, ids: readonly string[]): Set<number> =>
  new Set(
    read<{ n: number }>(db, 'SELECT f.n FROM json_each(?) j JOIN customer_fact f ON f.customer_id = j.value')
      .all(JSON.stringify(ids))
      .map((row) => row.n),
  );

/** Row numbers of the customers to write, in the order of the view; chosen ones also when its filter hides them. */
export const chosenNumbers = (db: ReadableDb, { view, ids }: Question, day: Day): number[] => {
  if (!ids) return [...orderOf(db, view, day)];
  const chosen = numbersOf(db, ids);
  return [...orderOf(db, { filter: EVERYTHING, sort: view.sort, text: '' }, day)].filter((n) =>
    chosen.has(n),
  );
};

/** Customers as a table: the columns and the order of a view. */
export const customerTable = (
  db: ReadableDb,
  question: Question,
  numbers: readonly number[],
  day: Day,
  job: Job,
): Table => {
  const words = wordsOf(question.language);
  const names = exportColumns(question.view.columns);
  const tags = new Map(tagsOf(db).map((tag) => [tag.id, tag.name]));
  const rowWords = { words, zone: day.zone, tagName: (id: string) => tags.get(id) };
  let done = 0;
  return {
    name: words('documents:sheet.customers'),
    columns: columnsOf(names, words),
    rows: () =>
      inChunks(numbers, job, (piece) => {
        const rows = rowsOf(db, 'n', piece, day, names);
        done += piece.length;
        job.progress(done, numbers.length, 'write');
        return rows.map((row) => names.map((name) => customerCell(row, name, rowWords)));
      }),
  };
};
