import { Button, Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { JobState } from '#shared/contracts/envelope.ts';
import { AppError } from '#shared/contracts/errors.ts';
import { formatInteger } from '../app/format.ts';
import { cancelJob } from '../app/jobs.ts';
import { errorText } from '../app/notify.tsx';
import classes from './JobProgress.module.css';

interface Props {
  job: JobState | undefined;
  /** What is being done: 正在导出客户 */
  label: string;
  /** What stands there at the end instead of the label. */
  doneLabel: string;
}

/** A long work: how far it is, a way to stop it, and how it ended. */
export const JobProgress = ({ job, label, doneLabel }: Props) => {
  const { t } = useTranslation();
  const state = job?.state ?? 'running';
  const { done = 0, total = null } = job ?? {};
  const percent = total ? Math.min(100, (done / total) * 100) : 0;
  const words = {
    running: label,
    done: doneLabel,
    cancelled: t('job.cancelled'),
    failed: errorText(job?.error && AppError.fromWire(job.error)),
  };
  return (
    <div className={classes.job} data-state={state}>
      <div className={classes.line} role="status">
        <span className={classes.words}>{words[state]}</span>
        {state === 'running' && total !== null && (
          <span className="tnum muted">
            {t('job.of', { done: formatInteger(done), total: formatInteger(total) })}
          </span>
        )}
      </div>
      {state === 'running' && (
        <div className={classes.line}>
          <Progress
            className={classes.bar}
            value={total ? percent : 100}
            animated={total === null}
            size="sm"
            transitionDuration={100}
            aria-label={label}
          />
          {job && (
            <Button size="compact-sm" variant="subtle" color="gray" onClick={() => void cancelJob(job.id)}>
              {t('job.stop')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
};
