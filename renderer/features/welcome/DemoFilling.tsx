import { Button, Progress } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JobState } from '#shared/contracts/envelope.ts';
import { call, onDataEvent } from '../../app/data-client.ts';
import { toPlainDate } from '../../app/format.ts';
import type { Language } from '../../app/i18n.ts';
import { errorText } from '../../app/notify.tsx';
import { queryClient } from '../../app/queries.ts';
import classes from './Door.module.css';

/** Fills the demo book and shows how far it is; the book opens by itself when all of it is there. */
export const DemoFilling = () => {
  const { t, i18n } = useTranslation('welcome');
  const [job, setJob] = useState<JobState | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const started = useRef(false);
  const fill = async (): Promise<void> => {
    setProblem(null);
    try {
      await call('demo.fill', { language: i18n.language as Language, today: toPlainDate(new Date()) });
    } catch (error) {
      setProblem(errorText(error));
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: filled once, when the screen appears
  useEffect(() => {
    if (!started.current) {
      started.current = true;
      void fill();
    }
    return onDataEvent((event) => {
      if (event.event !== 'job' || event.job.kind !== 'demo') return;
      setJob(event.job);
      if (event.job.state === 'done') void queryClient.invalidateQueries();
    });
  }, []);
  const failed = problem ?? (job?.state === 'failed' ? t(`errors:${job.error?.code ?? 'internal'}`) : null);
  return (
    <div className={classes.page}>
      <main className={classes.sheet}>
        <div className={classes.mark}>
          <h1>{t('filling.title')}</h1>
        </div>
        <p className={classes.lead}>{failed ?? t('filling.text')}</p>
        {failed ? (
          <Button onClick={() => void fill()}>{t('common:action.retry')}</Button>
        ) : (
          <Progress
            value={job?.total ? (100 * job.done) / job.total : 3}
            aria-label={t('filling.title')}
            transitionDuration={0}
          />
        )}
      </main>
    </div>
  );
};
