import { CloseButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatDateTime } from '../../app/format.ts';
import { useSession } from '../../app/session.ts';
import classes from './Today.module.css';

/** Tells once what recovery did at this start: what happened, what it means for the data. */
export const RecoveryNotice = () => {
  const { t } = useTranslation('today');
  const recovery = useSession((session) => session.status?.recovery ?? null);
  const [seen, setSeen] = useState(false);
  if (!recovery || seen) return null;
  const { backupAt } = recovery.params;
  const params = {
    ...recovery.params,
    ...(typeof backupAt === 'string' && { backupAt: formatDateTime(backupAt) }),
  };
  return (
    <div className={classes.notice} role="status" data-testid="recovery-notice">
      <span>{t(recovery.key, { ...params, ns: 'today' })}</span>
      <CloseButton aria-label={t('common:action.close')} ml="auto" size="sm" onClick={() => setSeen(true)} />
    </div>
  );
};
