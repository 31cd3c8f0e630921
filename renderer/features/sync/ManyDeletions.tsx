import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notifyError, say } from '../../app/notify.tsx';
import { useBookCommand } from '../../app/queries.ts';
import classes from './Sync.module.css';

/** Asks before much is removed: what comes from the server is no order to clear a laptop. */
export const ManyDeletions = ({ params }: { params: Readonly<Record<string, string | number>> }) => {
  const { t } = useTranslation('sync');
  const answer = useBookCommand('sync.answerDeletions');
  const [asked, setAsked] = useState<boolean | null>(null);
  const choose = async (apply: boolean): Promise<void> => {
    setAsked(apply);
    try {
      await answer.mutateAsync({ apply });
      if (!apply) say({ message: t('deletions.kept') });
    } catch (error) {
      notifyError(error);
    } finally {
      setAsked(null);
    }
  };
  return (
    <section className={classes.deletions}>
      <h3>{t('deletions.title', { count: Number(params.count ?? 0) })}</h3>
      <p>{t('deletions.text')}</p>
      {typeof params.customers === 'string' && params.customers && (
        <p>{t('deletions.customers', { names: params.customers })}</p>
      )}
      <Group gap={8}>
        <Button size="compact-sm" loading={asked === false} onClick={() => void choose(false)}>
          {t('deletions.keep')}
        </Button>
        <Button
          size="compact-sm"
          variant="light"
          color="red"
          loading={asked === true}
          onClick={() => void choose(true)}
        >
          {t('deletions.apply')}
        </Button>
      </Group>
    </section>
  );
};
