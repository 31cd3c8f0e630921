import { create } from 'zustand';
import type { CustomerView } from '#shared/domain/filter.ts';
import { call } from '../../app/data-client.ts';
import { notifyError } from '../../app/notify.tsx';
import { fetchBook } from '../../app/queries.ts';
import { useSession } from '../../app/session.ts';
import { DEFAULT_COLUMNS } from './column-order.ts';
import { NOTHING, type Selection } from './selection.ts';
import { BUILT_IN, readSetting, type TableSetting, type TableView, writeSetting } from './views.ts';

const SETTING = 'customers.table';
const KEEP_AFTER_MS = 300;

interface Table extends TableSetting {
  /** The kept table has been read; until then nothing is shown. */
  loaded: boolean;
  selection: Selection;
  /** The row that keys act on. */
  active: { index: number; id: string | null };
  quickLook: boolean;
  /** Where the list was scrolled to, for coming back. */
  scrollTop: number;
  openView(viewId: string, view: TableView): void;
  /** Changes what is shown. Another filter or text means other rows: the selection goes. */
  change(patch: Partial<TableView>): void;
  setColumns(columns: string[]): void;
  set(
    patch: Partial<Pick<Table, 'widths' | 'selection' | 'active' | 'quickLook' | 'scrollTop' | 'viewId'>>,
  ): void;
}

const START = {
  loaded: false,
  viewId: 'all',
  view: BUILT_IN.all as TableView,
  columns: null,
  widths: {},
  selection: NOTHING,
  active: { index: 0, id: null },
  quickLook: false,
  scrollTop: 0,
};
const TOP = { selection: NOTHING, active: START.active, scrollTop: 0 };

/** The customers table as the user left it: it outlives the screen, and what is worth keeping outlives the program. */
export const useTable = create<Table>((set) => ({
  ...START,
  openView: (viewId, view) => set({ viewId, view, ...TOP }),
  change: (patch) =>
    set(({ view }) => ({
      view: { ...view, ...patch },
      ...(('filter' in patch || 'text' in patch) && TOP),
    })),
  setColumns: (columns) =>
    set(({ view }) => (view.columns === null ? { columns } : { view: { ...view, columns } })),
  set: (patch) => set(patch),
}));

/** The columns on show: the view's own, the user's, or the default ones. */
export const shownColumns = ({ view, columns }: Pick<Table, 'view' | 'columns'>): readonly string[] =>
  view.columns ?? columns ?? DEFAULT_COLUMNS;

/** What the data process is asked for. */
export const askedView = (view: TableView, columns: readonly string[]): CustomerView => ({
  filter: view.filter,
  sort: view.sort,
  text: view.text.trim(),
  columns: [...columns],
});

/** Reads the kept table once per open book. */
export const loadTable = async (): Promise<void> => {
  if (useTable.getState().loaded) return;
  try {
    const { values } = await fetchBook('settings.get', {});
    useTable.setState({ ...readSetting(values[SETTING]), loaded: true });
  } catch (error) {
    useTable.setState({ loaded: true });
    notifyError(error);
  }
};

let timer: ReturnType<typeof setTimeout> | null = null;
const keep = (): void => {
  timer = null;
  const { viewId, view, columns, widths } = useTable.getState();
  void call('settings.set', {
    key: SETTING,
    value: writeSetting({ viewId, view, columns, widths }),
  }).catch(notifyError);
};

useTable.subscribe((now, before) => {
  const same =
    now.viewId === before.viewId &&
    now.view === before.view &&
    now.columns === before.columns &&
    now.widths === before.widths;
  if (same || !before.loaded || !now.loaded) return;
  if (timer) clearTimeout(timer);
  timer = setTimeout(keep, KEEP_AFTER_MS);
});

// Another book, or a locked one: nothing of the former table stays.
useSession.subscribe((session) => {
  if (session.status?.state === 'open') return;
  if (timer) clearTimeout(timer);
  timer = null;
  if (useTable.getState().loaded) useTable.setState(START);
});
