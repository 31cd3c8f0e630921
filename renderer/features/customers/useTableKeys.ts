import type { KeyboardEvent } from 'react';
import { useNavigate } from 'react-router';
import type { CustomerView } from '#shared/domain/filter.ts';
import { pathOf } from '../../app/destinations.ts';
import { notifyError } from '../../app/notify.tsx';
import { fetchBook } from '../../app/queries.ts';
import { useUi } from '../../app/ui-state.ts';
import { extend, NOTHING, span, toggle } from './selection.ts';
import { useTable } from './table-store.ts';

interface Rows {
  view: CustomerView;
  total: number;
  idAt(index: number): string | undefined;
  /** Rows that fit on the screen. */
  perPage(): number;
  scrollTo(index: number): void;
}

/** Ids of a range: from the rows that are here, otherwise from the whole view. */
const idsBetween = async ({ view, idAt }: Rows, first: number, last: number): Promise<string[]> => {
  const here: string[] = [];
  for (let index = first; index <= last; index++) {
    const id = idAt(index);
    if (!id) return (await fetchBook('customer.ids', view)).ids.slice(first, last + 1);
    here.push(id);
  }
  return here;
};

/** What clicks and keys do in the table; both go through the same few acts. */
export const useTableActs = (rows: Rows) => {
  const navigate = useNavigate();
  const { set } = useTable.getState();
  const { idAt, total } = rows;

  const goTo = (index: number): void => {
    const next = Math.min(Math.max(0, index), Math.max(0, total - 1));
    set({ active: { index: next, id: idAt(next) ?? null } });
    rows.scrollTo(next);
  };
  const toggleAt = (index: number): void => {
    const id = idAt(index);
    if (id) set({ selection: toggle(useTable.getState().selection, id, index) });
  };
  const extendTo = async (index: number): Promise<void> => {
    const { selection, active } = useTable.getState();
    const anchor = selection.anchor ?? active.index;
    const next = Math.min(Math.max(0, index), total - 1);
    goTo(next);
    try {
      const ids = await idsBetween(rows, ...span(anchor, next));
      set({ selection: extend(useTable.getState().selection, ids, anchor) });
    } catch (error) {
      notifyError(error);
    }
  };
  const selectAll = async (): Promise<void> => {
    try {
      const { ids } = await fetchBook('customer.ids', rows.view);
      set({ selection: { ids: new Set(ids), anchor: useTable.getState().active.index } });
    } catch (error) {
      notifyError(error);
    }
  };
  const clear = (): void => set({ selection: NOTHING });
  const open = (index: number): void => {
    const id = idAt(index);
    if (id) void navigate(pathOf('customer', id));
  };
  const logCall = (index: number): void => {
    const customerId = idAt(index);
    if (customerId) useUi.getState().openLogCall({ customerId });
  };
  const planVisit = (index: number): void => {
    const customerId = idAt(index);
    if (customerId) useUi.getState().openPlanVisit({ customerId });
  };
  return { goTo, toggleAt, extendTo, selectAll, clear, open, logCall, planVisit };
};
export type TableActs = ReturnType<typeof useTableActs>;

/** Where a moving key leads from a row, or null. */
const target = (key: string, index: number, perPage: number, total: number): number | null => {
  switch (key) {
    case 'ArrowDown':
    case 'j':
      return index + 1;
    case 'ArrowUp':
    case 'k':
      return index - 1;
    case 'PageDown':
      return index + perPage;
    case 'PageUp':
      return index - perPage;
    case 'Home':
      return 0;
    case 'End':
      return total - 1;
    default:
      return null;
  }
};

interface Elsewhere {
  onSearch(): void;
  onFilter(): void;
  onDelete(): void;
}

/** The keys of the grid. */
export const tableKeys =
  (acts: TableActs, rows: Pick<Rows, 'total' | 'perPage'>, elsewhere: Elsewhere) =>
  (event: KeyboardEvent<HTMLElement>): void => {
    if (event.target !== event.currentTarget || event.altKey) return;
    const { active, quickLook, selection, set } = useTable.getState();
    const { index } = active;
    const mod = event.ctrlKey || event.metaKey;
    const to = mod ? null : target(event.key, index, rows.perPage(), rows.total);
    const act = ((): (() => void) | null => {
      if (to !== null) return () => (event.shiftKey ? void acts.extendTo(to) : acts.goTo(to));
      if (mod && event.key.toLowerCase() === 'a') return () => void acts.selectAll();
      if (event.key === ' ' && (mod || event.shiftKey)) return () => acts.toggleAt(index);
      if (mod) return null;
      switch (event.key) {
        case ' ':
          return () => set({ quickLook: !quickLook });
        case 'Enter':
          return () => acts.open(index);
        case 'x':
        case 'X':
          return () => acts.toggleAt(index);
        case 'l':
        case 'L':
          return () => acts.logCall(index);
        case 'v':
        case 'V':
          return () => acts.planVisit(index);
        case 'f':
        case 'F':
          return elsewhere.onFilter;
        case '/':
          return elsewhere.onSearch;
        case 'Delete':
          return elsewhere.onDelete;
        case 'Escape':
          if (quickLook) return () => set({ quickLook: false });
          return selection.ids.size > 0 ? acts.clear : null;
        default:
          return null;
      }
    })();
    if (!act) return;
    event.preventDefault();
    act();
  };
