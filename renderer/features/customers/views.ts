import { z } from 'zod';
import { type CustomerView, customerView, EVERYTHING, type FilterGroup } from '#shared/domain/filter.ts';
import type { Sort } from './column-order.ts';

/** What a tab shows: filter, order and text; columns only where the view brings its own. */
export interface TableView {
  filter: FilterGroup;
  sort: Sort;
  text: string;
  /** null: the columns the user arranged for all views that have none of their own. */
  columns: string[] | null;
}

const byName: Sort = [{ column: 'name', descending: false }];
const where = (field: FilterGroup['items'][number], sort: Sort): TableView => ({
  filter: { all: true, items: [field] },
  sort,
  text: '',
  columns: null,
});

/** Views that every book has; their names are `customers:view.<id>`. */
export const BUILT_IN = {
  all: { filter: EVERYTHING, sort: byName, text: '', columns: null },
  owed: where({ field: 'contactState', operator: 'is', value: ['overdue', 'due'] }, [
    { column: 'dueOn', descending: false },
  ]),
  classA: where({ field: 'class', operator: 'is', value: ['A'] }, byName),
  maturing: where({ field: 'nextMaturityOn', operator: 'withinDays', value: 30 }, [
    { column: 'nextMaturityOn', descending: false },
  ]),
  atRisk: where({ field: 'riskCount', operator: 'atLeast', value: 1 }, [
    { column: 'riskCount', descending: true },
  ]),
} as const satisfies Record<string, TableView>;
export type BuiltIn = keyof typeof BUILT_IN;
export const BUILT_IN_NAMES = Object.keys(BUILT_IN) as BuiltIn[];

export const isBuiltIn = (id: string): id is BuiltIn => Object.hasOwn(BUILT_IN, id);

const fromCustomerView = (view: CustomerView): TableView => ({
  filter: view.filter,
  sort: view.sort,
  text: view.text,
  columns: view.columns ?? null,
});

const toCustomerView = ({ columns, ...view }: TableView): CustomerView => ({
  ...view,
  ...(columns && { columns }),
});

/** A view as a saved view keeps it. */
export const writeView = (view: TableView): string => JSON.stringify(toCustomerView(view));

/** Reads a kept view; one that a newer version wrote, or that is broken, shows everything. */
export const readView = (definition: unknown): TableView => {
  const parsed = customerView.safeParse(definition);
  return parsed.success ? fromCustomerView(parsed.data) : BUILT_IN.all;
};

/** Like {@link readView}, from the text of a saved view. */
export const parseView = (definition: string): TableView => {
  try {
    return readView(JSON.parse(definition));
  } catch {
    return BUILT_IN.all;
  }
};

/** Whether two views show the same. */
export const sameView = (one: TableView, other: TableView): boolean => writeView(one) === writeView(other);

/** Setting `customers.table`: what the screen shows when it is opened again. */
const tableSetting = z.object({
  viewId: z.string().max(80),
  view: customerView,
  columns: customerView.shape.columns,
  widths: z.record(z.string(), z.number().min(40).max(1_000)),
});
export interface TableSetting {
  viewId: string;
  view: TableView;
  columns: string[] | null;
  widths: Record<string, number>;
}

export const writeSetting = (setting: TableSetting): z.input<typeof tableSetting> => ({
  ...setting,
  view: toCustomerView(setting.view),
  columns: setting.columns ?? undefined,
});

export const readSetting = (kept: unknown): TableSetting | null => {
  const parsed = tableSetting.safeParse(kept);
  if (!parsed.success) return null;
  const { view, columns, ...rest } = parsed.data;
  return { ...rest, view: fromCustomerView(view), columns: columns ?? null };
};
