import { useTranslation } from 'react-i18next';
import type { HandoverItem } from '#shared/sync/team.ts';
import { useFieldWords } from '../../app/field-words.ts';
import { formatDateTime, formatDay } from '../../app/format.ts';
import classes from './Team.module.css';

const due = ({ text, dueOn }: { text: string; dueOn: string | null }): string =>
  dueOn ? `${text} (${formatDay(dueOn)})` : text;

/** S3-02: what goes with each customer: open promises and tasks, next dates, how they like to be met. */
export const Carried = ({ items }: { items: readonly HandoverItem[] }) => {
  const { t } = useTranslation('team');
  const words = useFieldWords();
  const row = (label: string, lines: readonly string[]) => (
    <>
      <dt>{label}</dt>
      <dd>
        {lines.length > 0 ? (
          lines.join(t('fields:value.separator'))
        ) : (
          <span className="muted">{t('carried.none')}</span>
        )}
      </dd>
    </>
  );
  return (
    <ul className={classes.carried}>
      {items.map((item) => (
        <li key={item.customerId}>
          <strong>{item.name}</strong>
          <dl>
            {row(t('carried.promises'), item.promises.map(due))}
            {row(t('carried.tasks'), item.tasks.map(due))}
            {row(
              t('carried.visits'),
              item.visits.map(({ title, startsAt }) => `${formatDateTime(startsAt)} ${title}`.trim()),
            )}
            {row(
              t('carried.preferences'),
              Object.entries(item.preferences).map(
                ([field, value]) =>
                  `${words.name('customer', field)} ${words.value('customer', field, value)}`,
              ),
            )}
          </dl>
        </li>
      ))}
    </ul>
  );
};
