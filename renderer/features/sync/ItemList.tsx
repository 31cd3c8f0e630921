import { Button } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { focusRow, onRowKeys } from './row-keys.ts';
import classes from './Sync.module.css';

const STEP = 50;
const MOST = 1_000;

/** How many lines of a list are asked for, and the way to more. */
export const useSteps = () => {
  const [limit, setLimit] = useState(STEP);
  return { limit, more: () => setLimit((former) => Math.min(MOST, former + STEP * 2)) };
};

interface Props {
  label: string;
  /** What the list is, in a sentence. */
  explain?: string;
  empty: string;
  total: number | undefined;
  shown: number;
  onMore(): void;
  children: ReactNode;
}

/** Lines of 同步 with the keys of a list. */
export const ItemList = ({ label, explain, empty, total, shown, onMore, children }: Props) => {
  const { t } = useTranslation('sync');
  const [search] = useSearchParams();
  const asked = search.get('item');
  const isThere = shown > 0;
  // once, when the list is there: a mark on a record leads to its item
  useEffect(() => {
    if (isThere && asked) focusRow(document.querySelector(`[data-item="${CSS.escape(asked)}"]`) ?? undefined);
  }, [isThere, asked]);
  if (total === undefined) return null;
  if (total === 0) return <EmptyState text={empty} />;
  return (
    <>
      {explain && <p className={classes.explain}>{explain}</p>}
      <ul className={classes.list} aria-label={label} onKeyDown={onRowKeys}>
        {children}
      </ul>
      {total > shown && shown < MOST && (
        <Button variant="subtle" mt="sm" onClick={onMore}>
          {t('more', { count: Math.min(STEP * 2, total - shown) })}
        </Button>
      )}
    </>
  );
};
