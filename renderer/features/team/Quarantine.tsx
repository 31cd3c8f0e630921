import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { QuarantineItem } from '#shared/contracts/team.ts';
import { useFieldWords } from '../../app/field-words.ts';
import { formatAgo, formatDateTime } from '../../app/format.ts';
import { notifyError, say } from '../../app/notify.tsx';
import { useBookCommand, useBookQuery } from '../../app/queries.ts';
import { Asked } from '../../ui/Asked.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import classes from './Team.module.css';

/** What colleagues typed that may not be applied and must not be lost: the leader types it in, or lets it go. */
export const Quarantine = ({ maySettle }: { maySettle: boolean }) => {
  const { t } = useTranslation('team');
  const query = useBookQuery('team.quarantine', {}, { staleTime: 0 });
  return (
    <Asked query={query}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState text={t('quarantine.empty')} />
        ) : (
          <ul className={classes.list} aria-label={t('tab.quarantine')}>
            {items.map((item) => (
              <Line key={item.id} item={item} maySettle={maySettle} />
            ))}
          </ul>
        )
      }
    </Asked>
  );
};

const isNamed = (reason: QuarantineItem['reason']): boolean =>
  reason === 'device_revoked' || reason === 'out_of_scope';

/** What a person typed; where a record lies and when it was made says nothing to a reader. */
const TECHNICAL = ['customerId', 'createdAt', 'zone'];

const Line = ({ item, maySettle }: { item: QuarantineItem; maySettle: boolean }) => {
  const { t } = useTranslation('team');
  const words = useFieldWords();
  const settle = useBookCommand('team.settleQuarantine');
  const run = async (as: 'applied' | 'discarded'): Promise<void> => {
    try {
      await settle.mutateAsync({ id: item.id, as });
      say({ message: t(`quarantine.said.${as}`) });
    } catch (error) {
      notifyError(error);
    }
  };
  return (
    <li className={classes.item} data-testid="quarantined">
      <h3>
        {words.entity(item.entity)} {item.customerName && <span className="muted">{item.customerName}</span>}
      </h3>
      <p className={classes.meta} title={formatDateTime(item.typedAt)}>
        {t('quarantine.by', { name: item.by || t('quarantine.someone'), when: formatAgo(item.typedAt) })}
        {' · '}
        {t(`quarantine.reason.${isNamed(item.reason) ? item.reason : 'other'}`)}
        {item.op === 'delete' && ` · ${t('quarantine.removal')}`}
      </p>
      <dl className={classes.fields}>
        {item.fields
          .filter(({ field, value }) => !TECHNICAL.includes(field) && value !== null)
          .map(({ field, value }) => (
            <div key={field} style={{ display: 'contents' }}>
              <dt>{words.name(item.entity, field)}</dt>
              <dd>{words.value(item.entity, field, value)}</dd>
            </div>
          ))}
      </dl>
      {item.settledAs !== null ? (
        <p className={classes.meta}>{t(`quarantine.settled.${item.settledAs}`)}</p>
      ) : (
        maySettle && (
          <Group gap={8}>
            <Button
              size="compact-sm"
              variant="default"
              disabled={settle.isPending}
              onClick={() => void run('applied')}
            >
              {t('quarantine.apply')}
            </Button>
            <Button
              size="compact-sm"
              variant="subtle"
              color="gray"
              disabled={settle.isPending}
              onClick={() => void run('discarded')}
            >
              {t('quarantine.discard')}
            </Button>
          </Group>
        )
      )}
    </li>
  );
};
