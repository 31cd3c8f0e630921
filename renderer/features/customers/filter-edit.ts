import {
  type Condition,
  CUSTOMER_COLUMNS,
  type FieldType,
  type FilterGroup,
  isGroup,
} from '#shared/domain/filter.ts';

/** Where an item of a filter stands: its index in each group on the way down. The empty path is the root. */
export type FilterPath = readonly number[];
export type FilterItem = Condition | FilterGroup;

/** Groups inside groups that the contract allows, the root included. */
export const DEEPEST = 4;

/** What a field holds; columns of an import hold text. */
export const fieldType = (field: string): FieldType =>
  field in CUSTOMER_COLUMNS ? CUSTOMER_COLUMNS[field as keyof typeof CUSTOMER_COLUMNS].type : 'text';

/** The item at a path, or undefined when there is none. */
export const itemAt = (filter: FilterGroup, path: FilterPath): FilterItem | undefined =>
  path.reduce<FilterItem | undefined>(
    (item, index) => (item && isGroup(item) ? item.items[index] : undefined),
    filter,
  );

/** The filter with another item at a path. One index past the last adds it; null removes it, and groups left empty. */
export const withItem = (filter: FilterGroup, path: FilterPath, item: FilterItem | null): FilterGroup => {
  const [index, ...rest] = path;
  if (index === undefined) return item && isGroup(item) ? item : { ...filter, items: [] };
  const inner = filter.items[index];
  const next = rest.length > 0 && inner && isGroup(inner) ? withItem(inner, rest, item) : item;
  const gone = next === null || (rest.length > 0 && isGroup(next) && next.items.length === 0);
  return {
    ...filter,
    items: gone ? filter.items.filter((_, n) => n !== index) : filter.items.with(index, next),
  };
};

/** Like {@link withItem}, where the index may be the end of the group. */
export const putItem = (filter: FilterGroup, path: FilterPath, item: FilterItem): FilterGroup => {
  const group = itemAt(filter, path.slice(0, -1));
  const last = path.at(-1);
  if (!group || !isGroup(group) || last === undefined) return filter;
  if (last < group.items.length) return withItem(filter, path, item);
  return withItem(filter, path.slice(0, -1), { ...group, items: [...group.items, item] });
};

/** Every condition with its path, in reading order. */
export const conditionsOf = (
  filter: FilterGroup,
  path: FilterPath = [],
): { path: FilterPath; condition: Condition }[] =>
  filter.items.flatMap((item, index) =>
    isGroup(item) ? conditionsOf(item, [...path, index]) : [{ path: [...path, index], condition: item }],
  );

/** A filter of one condition: how many it lets pass by itself. */
export const alone = (condition: Condition): FilterGroup => ({ all: true, items: [condition] });

const WITHOUT_VALUE = new Set(['isKnown', 'isUnknown']);

/** Whether a condition says enough to be applied. */
export const isComplete = ({ operator, value }: Condition): boolean => {
  if (WITHOUT_VALUE.has(operator)) return true;
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === 'string') return value.trim() !== '';
  return value !== undefined;
};
