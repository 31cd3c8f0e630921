import { ActionIcon, CloseButton, Popover, TextInput, Tooltip } from '@mantine/core';
import { IconFilterPlus, IconParentheses, IconSearch, IconX } from '@tabler/icons-react';
import { type ReactElement, type RefObject, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Condition, EVERYTHING, type FilterGroup, isGroup } from '#shared/domain/filter.ts';
import { formatInteger } from '../../app/format.ts';
import { useBookQuery } from '../../app/queries.ts';
import { ConditionEditor } from './ConditionEditor.tsx';
import { columnLabel } from './columns.tsx';
import classes from './Filter.module.css';
import { alone, conditionsOf, DEEPEST, type FilterPath, itemAt, putItem, withItem } from './filter-edit.ts';
import { conditionWords, type FilterWords } from './filter-words.ts';
import { shownColumns, useTable } from './table-store.ts';

const TEXT_AFTER_MS = 120;
const MOST_COUNTS = 60;

interface Editing {
  path: FilterPath;
  /** What the editor starts with; null adds a condition. */
  start: Condition | null;
  /** A new condition goes into a new group at this path. */
  newGroup: boolean;
}

interface Bar {
  filter: FilterGroup;
  editing: Editing | null;
  counts: ReadonlyMap<string, number>;
  words: FilterWords;
  edit(editing: Editing | null): void;
  change(filter: FilterGroup): void;
}

const keyOf = (path: FilterPath): string => path.join('.');
const samePath = (one: FilterPath, other: FilterPath): boolean => keyOf(one) === keyOf(other);

/** The editor under what opened it. */
const EditorPopover = ({ bar, opened, children }: { bar: Bar; opened: boolean; children: ReactElement }) => {
  const { filter, editing, edit, change } = bar;
  const place = (condition: Condition): void => {
    if (!editing) return;
    const { path, newGroup } = editing;
    if (!newGroup) {
      change(putItem(filter, path, condition));
      return;
    }
    const outer = itemAt(filter, path.slice(0, -1));
    const all = !(outer && isGroup(outer) ? outer.all : filter.all);
    change(putItem(filter, path, { all, items: [condition] }));
  };
  return (
    <Popover
      opened={opened}
      onChange={(next) => !next && edit(null)}
      position="bottom-start"
      width={320}
      trapFocus
      returnFocus
      withinPortal
    >
      <Popover.Target>{children}</Popover.Target>
      <Popover.Dropdown p={12}>
        {opened && editing && (
          <ConditionEditor
            filter={filter}
            path={editing.path}
            start={editing.start}
            onChange={place}
            onRemove={() => {
              change(withItem(filter, editing.path, null));
              edit(null);
            }}
            onClose={() => edit(null)}
          />
        )}
      </Popover.Dropdown>
    </Popover>
  );
};

const ConditionChip = ({ bar, path, condition }: { bar: Bar; path: FilterPath; condition: Condition }) => {
  const { t } = useTranslation('customers');
  const words = conditionWords(condition, bar.words);
  const opened = bar.editing?.start != null && samePath(bar.editing.path, path);
  const count = bar.counts.get(keyOf(path));
  return (
    <span className={classes.chip} data-open={opened || undefined}>
      <EditorPopover bar={bar} opened={opened}>
        <button
          type="button"
          className={classes.chipWords}
          onClick={() => bar.edit({ path, start: condition, newGroup: false })}
        >
          {words}
          {count !== undefined && <small className="tnum">{formatInteger(count)}</small>}
        </button>
      </EditorPopover>
      <button
        type="button"
        className={classes.chipClose}
        aria-label={t('filter.remove', { words })}
        onClick={() => bar.change(withItem(bar.filter, path, null))}
      >
        <IconX size={12} stroke={2} aria-hidden />
      </button>
    </span>
  );
};

/** A group in reading order: its conditions and groups with 且 or 或 between them. */
const Group = ({ bar, path, group }: { bar: Bar; path: FilterPath; group: FilterGroup }) => {
  const { t } = useTranslation('customers');
  const end = [...path, group.items.length];
  const isAdding = (newGroup: boolean): boolean =>
    bar.editing?.start === null &&
    bar.editing.newGroup === newGroup &&
    samePath(bar.editing.path.slice(0, -1), path);
  const nested = path.length > 0;
  return (
    <>
      {group.items.map((item, index) => {
        const here = [...path, index];
        return (
          <span key={keyOf(here)} className={classes.item}>
            {index > 0 && (
              <Tooltip label={t(group.all ? 'filter.makeAny' : 'filter.makeAll')}>
                <button
                  type="button"
                  className={classes.join}
                  onClick={() => bar.change(withItem(bar.filter, path, { ...group, all: !group.all }))}
                >
                  {t(group.all ? 'filter.and' : 'filter.or')}
                </button>
              </Tooltip>
            )}
            {isGroup(item) ? (
              // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
              <span className={classes.group} role="group" aria-label={t('filter.group')}>
                <Group bar={bar} path={here} group={item} />
              </span>
            ) : (
              <ConditionChip bar={bar} path={here} condition={item} />
            )}
          </span>
        );
      })}
      <EditorPopover bar={bar} opened={isAdding(false)}>
        <button
          type="button"
          className={classes.add}
          data-small={nested || undefined}
          aria-label={t(nested ? 'filter.addHere' : 'filter.add')}
          aria-keyshortcuts={nested ? undefined : 'f'}
          onClick={() => bar.edit({ path: end, start: null, newGroup: false })}
        >
          <IconFilterPlus size={14} stroke={1.6} aria-hidden />
          {!nested && group.items.length === 0 && t('filter.add')}
        </button>
      </EditorPopover>
      {group.items.length > 0 && path.length + 2 < DEEPEST && (
        <EditorPopover bar={bar} opened={isAdding(true)}>
          <button
            type="button"
            className={classes.add}
            data-small
            aria-label={t('filter.addGroup')}
            title={t('filter.addGroup')}
            onClick={() => bar.edit({ path: end, start: null, newGroup: true })}
          >
            <IconParentheses size={14} stroke={1.6} aria-hidden />
          </button>
        </EditorPopover>
      )}
    </>
  );
};

interface Props {
  search: RefObject<HTMLInputElement | null>;
  total: number | null;
  adding: boolean;
  onAdding(adding: boolean): void;
  /** Goes on to the table. */
  onLeave(): void;
}

/** What the table shows, in words that can be changed, with a box for a quick look-up and the count at the right. */
export const FilterBar = ({ search, total, adding, onAdding, onLeave }: Props) => {
  const { t } = useTranslation('customers');
  const { filter, sort, text: kept } = useTable((table) => table.view);
  const columns = useTable(shownColumns);
  const { change } = useTable.getState();
  const [editing, setEditing] = useState<Editing | null>(null);
  const [text, setText] = useState(kept);
  useEffect(() => setText(kept), [kept]);
  useEffect(() => {
    if (text === kept) return;
    const timer = setTimeout(() => change({ text }), TEXT_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text, kept, change]);
  useEffect(() => {
    if (!adding) return;
    setEditing({ path: [filter.items.length], start: null, newGroup: false });
    onAdding(false);
  }, [adding, filter, onAdding]);

  const tags = useBookQuery('tag.list', {});
  const conditions = conditionsOf(filter).slice(0, MOST_COUNTS);
  const counted = useBookQuery(
    'customer.count',
    { filters: conditions.map(({ condition }) => alone(condition)) },
    { enabled: conditions.length > 1, keepPrevious: true },
  );
  const shownCounts = conditions.length > 1 ? (counted.data?.counts ?? []) : [];
  const counts = new Map(
    conditions.flatMap(({ path }, index) => {
      const count = shownCounts[index];
      return count === undefined ? [] : [[keyOf(path), count] as const];
    }),
  );
  const bar: Bar = {
    filter,
    editing,
    counts,
    words: { t, tags: new Map(tags.data?.tags.map((tag) => [tag.id, tag])) },
    edit: setEditing,
    change: (next) => change({ filter: next }),
  };
  const unseenSort = sort
    .filter((key) => !columns.includes(key.column))
    .map((key) => `${columnLabel(t, key.column)} ${key.descending ? '↓' : '↑'}`);
  const narrowed = conditions.length > 0 || kept !== '';
  return (
    <search className={classes.bar} aria-label={t('filter.label')}>
      <TextInput
        ref={search}
        className={classes.text}
        size="xs"
        value={text}
        maxLength={100}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && text !== '') setText('');
          else if (event.key === 'Escape' || event.key === 'Enter' || event.key === 'ArrowDown') {
            event.preventDefault();
            onLeave();
          }
        }}
        placeholder={t('filter.text')}
        aria-label={t('filter.text')}
        leftSection={<IconSearch size={14} stroke={1.6} aria-hidden />}
        rightSection={
          text !== '' && (
            <CloseButton size="xs" aria-label={t('common:action.clear')} onClick={() => setText('')} />
          )
        }
      />
      <div className={classes.chips}>
        <Group bar={bar} path={[]} group={filter} />
        {narrowed && (
          <Tooltip label={t('filter.clear')}>
            <ActionIcon
              size={24}
              variant="subtle"
              color="gray"
              aria-label={t('filter.clear')}
              onClick={() => change({ filter: EVERYTHING, text: '' })}
            >
              <IconX size={14} stroke={1.8} />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      {unseenSort.length > 0 && (
        <span className={classes.total}>
          {t('table.sortedBy', { columns: unseenSort.join(t('table.and')) })}
        </span>
      )}
      <span className={`${classes.total} tnum`} role="status" data-testid="customer-total">
        {total !== null && t('table.total', { count: total, shown: formatInteger(total) })}
      </span>
    </search>
  );
};
