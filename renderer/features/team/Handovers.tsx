import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HandoverView } from '#shared/contracts/team.ts';
import { formatAgo } from '../../app/format.ts';
import { notifyError, say } from '../../app/notify.tsx';
import { useBookCommand, useBookQuery } from '../../app/queries.ts';
import { Asked } from '../../ui/Asked.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Carried } from './Carried.tsx';
import classes from './Team.module.css';
import { Wizard } from './Wizard.tsx';

/** 交接: customers on their way from one manager to another, and the wizard that starts one. */
export const Handovers = ({ isLeader }: { isLeader: boolean }) => {
  const { t } = useTranslation('team');
  const [isNew, setNew] = useState(false);
  const query = useBookQuery('team.handovers', {}, { staleTime: 0 });
  const members = useBookQuery('team.overview', {}, { enabled: isLeader }).data?.members;
  const begin = isLeader && members ? { label: t('handover.new'), run: () => setNew(true) } : undefined;
  return (
    <>
      {isNew && members ? (
        <Wizard members={members} onClose={() => setNew(false)} />
      ) : (
        begin && (
          <div className={classes.head}>
            <span className="muted">{t('handover.explain')}</span>
            <Button size="compact-sm" onClick={begin.run}>
              {begin.label}
            </Button>
          </div>
        )
      )}
      <Asked query={query}>
        {({ handovers }) =>
          handovers.length === 0 ? (
            !isNew && <EmptyState text={t(isLeader ? 'handover.empty' : 'handover.emptyMine')} />
          ) : (
            <ul className={classes.list} aria-label={t('tab.handovers')}>
              {handovers.map((one) => (
                <Line key={one.id} handover={one} isLeader={isLeader} />
              ))}
            </ul>
          )
        }
      </Asked>
    </>
  );
};

const Line = ({ handover, isLeader }: { handover: HandoverView; isLeader: boolean }) => {
  const { t } = useTranslation('team');
  const [isOpen, setOpen] = useState(false);
  const items = useBookQuery('team.handoverItems', { id: handover.id }, { enabled: isOpen });
  const confirm = useBookCommand('team.confirmHandover');
  const cancel = useBookCommand('team.cancelHandover');
  const isOver = handover.doneAt !== null || handover.cancelledAt !== null;
  const confirmed = (side: 'from' | 'to'): string | null =>
    side === 'from' ? handover.fromConfirmedAt : handover.toConfirmedAt;
  const run = async (command: typeof confirm, done: string): Promise<void> => {
    try {
      await command.mutateAsync({ id: handover.id });
      say({ message: t(done) });
    } catch (error) {
      notifyError(error);
    }
  };
  const side = (which: 'from' | 'to', name: string) => {
    const at = confirmed(which);
    return `${t(`handover.${which}`)} ${name} · ${at ? t('handover.confirmed', { when: formatAgo(at) }) : t('handover.unconfirmed')}`;
  };
  const mine = handover.mySide;
  return (
    <li className={classes.item} data-testid="handover">
      <h3>
        {t('handover.title', {
          from: handover.fromName,
          to: handover.toName,
          count: handover.customers.length,
        })}
      </h3>
      <p className={classes.meta}>
        {handover.doneAt
          ? t('handover.done', { when: formatAgo(handover.doneAt) })
          : handover.cancelledAt
            ? t('handover.cancelled', { when: formatAgo(handover.cancelledAt) })
            : t('handover.since', { when: formatAgo(handover.createdAt) })}
        {' · '}
        {handover.customers
          .slice(0, 6)
          .map(({ name }) => name)
          .join(t('fields:value.separator'))}
        {handover.customers.length > 6 && ' …'}
      </p>
      {handover.note !== '' && <p className={classes.note}>{handover.note}</p>}
      {!isOver && (
        <>
          <div className={classes.sides}>
            <span>{side('from', handover.fromName)}</span>
            <span>{side('to', handover.toName)}</span>
          </div>
          {isOpen && <Asked query={items}>{(data) => <Carried items={data.items} />}</Asked>}
          <Group gap={8}>
            <Button
              size="compact-sm"
              variant="default"
              aria-expanded={isOpen}
              onClick={() => setOpen(!isOpen)}
            >
              {t(isOpen ? 'handover.hide' : 'handover.look')}
            </Button>
            {mine && confirmed(mine) === null && (
              <Button
                size="compact-sm"
                loading={confirm.isPending}
                onClick={() => void run(confirm, 'handover.saidYes')}
              >
                {t(mine === 'from' ? 'handover.give' : 'handover.take')}
              </Button>
            )}
            {(mine || isLeader) && (
              <Button
                size="compact-sm"
                variant="subtle"
                color="gray"
                loading={cancel.isPending}
                onClick={() => void run(cancel, 'handover.calledOff')}
              >
                {t('handover.cancel')}
              </Button>
            )}
          </Group>
        </>
      )}
    </li>
  );
};
