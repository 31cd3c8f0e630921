import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AppError } from '#shared/contracts/errors.ts';
import { errorText } from '../app/notify.tsx';
import { EmptyState } from './EmptyState.tsx';

/** What was asked of the server: the answer, nothing while it is on its way, or why there is none and a way to ask again. */
export const Asked = <T,>({
  query,
  children,
}: {
  query: UseQueryResult<T, AppError>;
  children(data: T): ReactNode;
}) => {
  const { t } = useTranslation();
  if (query.data !== undefined) return children(query.data);
  if (!query.error) return null;
  return (
    <EmptyState
      text={errorText(query.error)}
      action={{ label: t('action.retry'), run: () => void query.refetch() }}
    />
  );
};
