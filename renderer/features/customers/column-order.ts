import { CUSTOMER_COLUMN_NAMES, CUSTOMER_COLUMNS, type CustomerView } from '#shared/domain/filter.ts';

export type Sort = CustomerView['sort'];
const MOST_SORTS = 3;

/** The columns of a table nobody has arranged yet. The name always stands first. */
export const DEFAULT_COLUMNS: readonly string[] = CUSTOMER_COLUMN_NAMES.filter(
  (name) => CUSTOMER_COLUMNS[name].shown,
);

/** The list with one item moved; the first column keeps its place. */
export const moveColumn = (columns: readonly string[], from: number, to: number): string[] => {
  const target = Math.min(Math.max(1, to), columns.length - 1);
  const moved = columns[from];
  if (moved === undefined || from === 0 || from === target) return [...columns];
  return columns.toSpliced(from, 1).toSpliced(target, 0, moved);
};

/** The list with a column shown or hidden; the name cannot be hidden. */
export const toggleColumn = (columns: readonly string[], name: string): string[] => {
  if (name === 'name') return [...columns];
  return columns.includes(name) ? columns.filter((column) => column !== name) : [...columns, name];
};

/** Whether a column can be sorted; columns of an import cannot. */
export const isSortable = (name: string): name is Sort[number]['column'] =>
  name in CUSTOMER_COLUMNS && CUSTOMER_COLUMNS[name as Sort[number]['column']].sortable;

/**
 * The sort after a click on a column: ascending, then descending, then none. With `add` the others stay,
 * and the oldest gives way to the fourth.
 */
export const nextSort = (sort: Sort, column: Sort[number]['column'], add: boolean): Sort => {
  const former = sort.find((key) => key.column === column);
  const others = add ? sort.filter((key) => key.column !== column) : [];
  if (former?.descending) return others;
  const next = { column, descending: former !== undefined };
  if (add && former) return sort.map((key) => (key.column === column ? next : key));
  return [...others.slice(-(MOST_SORTS - 1)), next];
};
