// biome-ignore-all lint/a11y/useSemanticElements: only rows in sight exist, which a table element cannot lay out
import { useVirtualizer } from '@tanstack/react-virtual';
import { type MouseEvent, type RefObject, useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useShallow } from 'zustand/react/shallow';
import { notifyError } from '../../app/notify.tsx';
import { fetchBook, useBookQuery } from '../../app/queries.ts';
import { columnWidth } from './columns.tsx';
import { Header } from './Header.tsx';
import { Row, rowId } from './Row.tsx';
import { NOTHING } from './selection.ts';
import classes from './Table.module.css';
import { askedView, shownColumns, useTable } from './table-store.ts';
import { useRowMarks } from './useRowMarks.ts';
import { useRows } from './useRows.ts';
import { tableKeys, useTableActs } from './useTableKeys.ts';

const ROW = 36;
const OVERSCAN = 10;
/** Lines that hold the layout until anything is known. */
const UNKNOWN_ROWS = 20;
/** Room at the foot for the bar that acts on the selection. */
const FOOT = 64;

interface Props {
  grid: RefObject<HTMLDivElement | null>;
  /** As `onTotal` told it; null until anything is known. */
  total: number | null;
  onTotal(total: number | null): void;
  onSearch(): void;
  onFilter(): void;
  onDelete(): void;
}

/** The customers of the current view: every row there is, only those in sight in the page. */
export const Table = ({ grid, total, onTotal, onSearch, onFilter, onDelete }: Props) => {
  const { t } = useTranslation('customers');
  const { view, active, selection, widths, quickLook } = useTable(
    useShallow(({ view, active, selection, widths, quickLook }) => ({
      view,
      active,
      selection,
      widths,
      quickLook,
    })),
  );
  const columns = useTable(useShallow((table) => [...shownColumns(table)]));
  const { set, change, setColumns } = useTable.getState();
  const asked = useMemo(() => askedView(view, columns), [view, columns]);
  const tagList = useBookQuery('tag.list', {});
  const words = useMemo(
    () => ({ t, tags: new Map(tagList.data?.tags.map((tag) => [tag.id, tag])) }),
    [t, tagList.data],
  );

  const count = total ?? UNKNOWN_ROWS;
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => grid.current,
    estimateSize: () => ROW,
    overscan: OVERSCAN,
    scrollMargin: ROW,
    scrollPaddingStart: ROW,
    scrollPaddingEnd: selection.ids.size > 0 ? FOOT : 0,
    paddingEnd: FOOT,
    initialOffset: () => useTable.getState().scrollTop,
  });
  const items = virtualizer.getVirtualItems();
  const loaded = useRows(asked, items[0]?.index ?? 0, items.at(-1)?.index ?? 0);
  const { rowAt } = loaded;
  const idAt = (index: number) => rowAt(index)?.id;

  const marks = useRowMarks(items.map(({ index }) => idAt(index)));

  useEffect(() => onTotal(loaded.total), [loaded.total, onTotal]);
  const { error } = loaded;
  useEffect(() => {
    if (error) notifyError(error);
  }, [error]);
  // The rows may have moved under the active line: it keeps its place, the one who stands there is looked at.
  const activeId = idAt(active.index) ?? null;
  useEffect(() => {
    if (activeId !== null && activeId !== active.id) set({ active: { index: active.index, id: activeId } });
  }, [activeId, active, set]);
  useEffect(() => {
    const element = grid.current;
    return () => set({ scrollTop: element?.scrollTop ?? 0 });
  }, [grid, set]);
  // Another filter starts at the top.
  const { filter, text } = view;
  const former = useRef({ filter, text });
  useLayoutEffect(() => {
    if (former.current.filter !== filter || former.current.text !== text) grid.current?.scrollTo({ top: 0 });
    former.current = { filter, text };
  }, [filter, text, grid]);

  const rows = {
    view: asked,
    total: count,
    idAt,
    perPage: () => Math.max(1, Math.floor((grid.current?.clientHeight ?? ROW) / ROW) - 2),
    scrollTo: (index: number) => virtualizer.scrollToIndex(index, { align: 'auto' }),
  };
  const acts = useTableActs(rows);

  /** Another order: the active customer stays in sight. */
  const onSort = async (sort: typeof view.sort): Promise<void> => {
    change({ sort });
    const { id } = useTable.getState().active;
    if (!id) return;
    const { position } = await fetchBook('customer.position', { ...asked, sort, id });
    if (position < 0 || useTable.getState().view.sort !== sort) return;
    set({ active: { index: position, id } });
    virtualizer.scrollToIndex(position, { align: 'center' });
  };
  const onResize = (index: number, width: number, done: boolean): void => {
    grid.current?.style.setProperty(`--w${index}`, `${width}px`);
    const name = columns[index];
    if (done && name) set({ widths: { ...widths, [name]: width } });
  };

  const indexOf = (event: MouseEvent): number | null => {
    const line = (event.target as Element).closest<HTMLElement>('[data-index]');
    return line ? Number(line.dataset.index) : null;
  };
  const onMouseDown = (event: MouseEvent): void => {
    if (indexOf(event) === null) return;
    // The grid keeps the focus; a shift range must not mark text.
    event.preventDefault();
    grid.current?.focus({ preventScroll: true });
  };
  const onClick = (event: MouseEvent): void => {
    const index = indexOf(event);
    if (index === null) return;
    const act = (event.target as Element).closest<HTMLElement>('[data-act]')?.dataset.act;
    if (act === 'call') acts.logCall(index);
    else if (act === 'visit') acts.planVisit(index);
    else if (event.shiftKey) {
      // A check box that is kept from its own click would show the wrong state.
      if (act !== 'select') event.preventDefault();
      void acts.extendTo(index);
    } else if (act === 'select' || event.ctrlKey || event.metaKey) {
      if (act !== 'select') event.preventDefault();
      acts.toggleAt(index);
      acts.goTo(index);
    } else acts.goTo(index);
  };

  const widthOf = (name: string) => columnWidth(name, widths);
  const width = columns.reduce((sum, name) => sum + widthOf(name), 0);
  const rowWidth = `max(100%, ${width}px)`;
  const columnWidths = Object.fromEntries(
    columns.map((name, index) => [`--w${index}`, `${widthOf(name)}px`]),
  );
  const chosen = selection.ids.size;
  return (
    <div
      ref={grid}
      role="grid"
      tabIndex={0}
      className={classes.grid}
      style={columnWidths}
      data-choosing={chosen > 0 || undefined}
      data-look={quickLook || undefined}
      aria-label={t('table.label')}
      aria-multiselectable
      aria-rowcount={total === null ? -1 : total + 1}
      aria-colcount={columns.length}
      aria-activedescendant={total ? rowId(active.index) : undefined}
      onKeyDown={tableKeys(acts, rows, { onSearch, onFilter, onDelete })}
      onMouseDown={onMouseDown}
      onClick={onClick}
      onDoubleClick={(event) => {
        const index = (event.target as Element).closest('[data-act]') ? null : indexOf(event);
        if (index !== null) acts.open(index);
      }}
    >
      <div role="rowgroup" className={classes.head} style={{ width: rowWidth }}>
        <Header
          columns={columns}
          sort={view.sort}
          widthOf={widthOf}
          allSelected={chosen > 0 && (chosen >= count || 'some')}
          onSelectAll={() => (chosen > 0 ? set({ selection: NOTHING }) : void acts.selectAll())}
          onSort={(sort) => void onSort(sort)}
          onMove={setColumns}
          onResize={onResize}
        />
      </div>
      <div
        role="rowgroup"
        className={classes.body}
        style={{ height: virtualizer.getTotalSize(), width: rowWidth }}
      >
        <div role="presentation" style={{ transform: `translateY(${(items[0]?.start ?? ROW) - ROW}px)` }}>
          {items.map(({ index }) => {
            const row = rowAt(index);
            return (
              <Row
                key={index}
                row={row}
                index={index}
                columns={columns}
                words={words}
                active={index === active.index}
                selected={row !== undefined && selection.ids.has(row.id)}
                standing={row === undefined ? null : marks.ofCustomer(row.id)}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
};
