import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { useBookQuery } from '../../app/queries.ts';
import { useSyncState } from '../sync/useSyncState.ts';
import { indexMarks, type Marks } from './mark-index.ts';

const NONE = indexMarks([]);
const MarksContext = createContext<Marks>(NONE);

/** Marks of a customer and all below, or of single records: one question for a whole page. */
export const useMarks = (asked: { customerId: string } | { recordIds: string[] }): Marks => {
  const isAsked = 'customerId' in asked || asked.recordIds.length > 0;
  const { data } = useBookQuery('sync.marks', asked, { keepPrevious: true, enabled: isAsked });
  const connected = useSyncState()?.connected ?? false;
  return useMemo(() => {
    if (!data) return NONE;
    // without a server everything waits, and nothing is to be said about it
    return indexMarks(connected ? data.marks : data.marks.filter(({ kind }) => kind !== 'waiting'));
  }, [data, connected]);
};

/** Gives the marks of a page to everything on it. */
export const MarksOf = ({
  children,
  ...asked
}: ({ customerId: string } | { recordIds: string[] }) & { children: ReactNode }) => {
  const marks = useMarks(
    'customerId' in asked ? { customerId: asked.customerId } : { recordIds: asked.recordIds },
  );
  return <MarksContext value={marks}>{children}</MarksContext>;
};

export const usePageMarks = (): Marks => useContext(MarksContext);
