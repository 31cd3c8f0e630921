import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { EVERYTHING } from '#shared/domain/filter.ts';
import { call } from '../../app/data-client.ts';
import { formatInteger } from '../../app/format.ts';
import { notifyDone, notifyError } from '../../app/notify.tsx';
import { useBookQuery } from '../../app/queries.ts';
import { useUi } from '../../app/ui-state.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { BulkBar } from './BulkBar.tsx';
import { ColumnsMenu } from './ColumnsMenu.tsx';
import classes from './Customers.module.css';
import { ExportButton } from './ExportButton.tsx';
import { ExportDialog } from './ExportDialog.tsx';
import { FilterBar } from './FilterBar.tsx';
import { QuickLook } from './QuickLook.tsx';
import { NOTHING } from './selection.ts';
import { Table } from './Table.tsx';
import { loadTable, useTable } from './table-store.ts';
import { ViewTabs } from './ViewTabs.tsx';

/** Customers that one command removes at most. */
const MOST_REMOVED = 1_000;

const NoCustomers = () => {
  const { t } = useTranslation('customers');
  const navigate = useNavigate();
  return (
    <EmptyState
      text={t('empty.none')}
      action={{ label: t('common:create.import'), run: () => void navigate('/import') }}
      more={[{ label: t('common:create.customer'), run: () => useUi.getState().openNewCustomer() }]}
    />
  );
};

/** 客户: the table of all customers, with views, filter, choice and a quick look. */
export const Customers = () => {
  const { t } = useTranslation('customers');
  const loaded = useTable((table) => table.loaded);
  const quickLook = useTable((table) => table.quickLook);
  const { set, change } = useTable.getState();
  const book = useBookQuery('book.state', {});
  const grid = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const [total, setTotal] = useState<number | null>(null);
  const [adding, setAdding] = useState(false);
  const [exporting, setExporting] = useState(false);
  useEffect(() => void loadTable(), []);
  const ready = loaded && book.data !== undefined;
  const toGrid = useCallback(() => grid.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    if (ready) toGrid();
  }, [ready, toGrid]);

  const remove = useCallback(async () => {
    const { selection, active } = useTable.getState();
    const ids = selection.ids.size > 0 ? [...selection.ids] : active.id ? [active.id] : [];
    if (ids.length === 0) return;
    if (ids.length > MOST_REMOVED) {
      notifyDone(t('bulk.tooMany', { count: MOST_REMOVED, shown: formatInteger(MOST_REMOVED) }));
      return;
    }
    try {
      const { commandId } = await call('customer.remove', { ids });
      set({ selection: NOTHING });
      notifyDone(t('bulk.removed', { count: ids.length, shown: formatInteger(ids.length) }), commandId);
    } catch (error) {
      notifyError(error);
    }
  }, [t, set]);

  if (!loaded || !book.data) return null;
  if (book.data.customers === 0) return <NoCustomers />;
  return (
    <div className={classes.page}>
      <div className={classes.main}>
        <ViewTabs>
          <ExportButton onExport={() => setExporting(true)} />
          <ColumnsMenu />
        </ViewTabs>
        <FilterBar search={search} total={total} adding={adding} onAdding={setAdding} onLeave={toGrid} />
        <div className={classes.table}>
          <Table
            grid={grid}
            total={total}
            onTotal={setTotal}
            onSearch={() => search.current?.focus()}
            onFilter={() => setAdding(true)}
            onDelete={() => void remove()}
          />
          {total === 0 && (
            <div className={classes.empty}>
              <EmptyState
                text={t('empty.noMatch')}
                action={{
                  label: t('filter.clear'),
                  run: () => {
                    change({ filter: EVERYTHING, text: '' });
                    toGrid();
                  },
                }}
              />
            </div>
          )}
          <BulkBar onExport={() => setExporting(true)} onDelete={() => void remove()} />
        </div>
      </div>
      {quickLook && (
        <QuickLook
          onClose={() => {
            set({ quickLook: false });
            toGrid();
          }}
        />
      )}
      <ExportDialog opened={exporting} total={total ?? 0} onClose={() => setExporting(false)} />
    </div>
  );
};
