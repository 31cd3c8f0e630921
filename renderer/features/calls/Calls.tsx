import { Button, Chip, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { InteractionRow } from '#shared/contracts/work.ts';
import { INTERACTION_KINDS } from '#shared/domain/vocabulary.ts';
import {
  formatLongDay,
  formatRelativeDay,
  formatTime,
  localZone,
  toDate,
  toPlainDate,
} from '../../app/format.ts';
import { useBookQuery } from '../../app/queries.ts';
import { useUi } from '../../app/ui-state.ts';
import { ClassChip } from '../../ui/ClassChip.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { contactWords } from '../../ui/signals.ts';
import { useDate } from '../today/useToday.ts';
import classes from './Calls.module.css';

const LOGGED = 100;
const QUEUE = 100;
type Kind = (typeof INTERACTION_KINDS)[number];

/** 电话: whom to call today on the left, what was logged on the right. */
export const Calls = () => (
  <div className={classes.page}>
    <Queue />
    <Log />
  </div>
);

const Queue = () => {
  const { t } = useTranslation('calls');
  const date = useDate();
  const { data } = useBookQuery(
    'today.get',
    { date, zone: localZone(), limit: QUEUE },
    { keepPrevious: true },
  );
  return (
    <section className={classes.queue}>
      <h2>
        {t('queue.title')} <span className="muted tnum">{data?.calls.total}</span>
      </h2>
      {data?.calls.total === 0 && <p className="muted">{t('queue.empty')}</p>}
      {data?.calls.rows.map((row) => (
        <div key={row.customerId} className={classes.call}>
          <div className={classes.who}>
            <Link to={`/customers/${row.customerId}`}>{row.name}</Link> <ClassChip value={row.class} />
            <span className="muted tnum selectable">{row.phone}</span>
          </div>
          <div className={classes.why} data-state={row.contact.state}>
            {contactWords(t, row.contact)}
          </div>
          <Button
            className={classes.act}
            size="compact-sm"
            variant="default"
            onClick={() => useUi.getState().openLogCall({ customerId: row.customerId })}
          >
            {t('log')}
          </Button>
        </div>
      ))}
    </section>
  );
};

const byDay = (rows: InteractionRow[]): [string, InteractionRow[]][] => {
  const days = new Map<string, InteractionRow[]>();
  for (const row of rows) {
    const day = toPlainDate(toDate(row.at));
    days.set(day, [...(days.get(day) ?? []), row]);
  }
  return [...days];
};

const Log = () => {
  const { t } = useTranslation('calls');
  const [kinds, setKinds] = useState<Kind[]>([]);
  const { data } = useBookQuery('interaction.list', { kinds, limit: LOGGED }, { keepPrevious: true });
  return (
    <section className={classes.log}>
      <div className={classes.bar}>
        <h2>{t('logged')}</h2>
        <Chip.Group multiple value={kinds} onChange={(next) => setKinds(next as Kind[])}>
          <Group gap={6}>
            {INTERACTION_KINDS.map((kind) => (
              <Chip key={kind} value={kind} size="xs" variant="light">
                {t(`vocabulary:interaction.${kind}`)}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      </div>
      {data?.total === 0 && (
        <EmptyState
          text={t('empty')}
          action={{ label: t('common:create.logCall'), run: () => useUi.getState().openLogCall() }}
        />
      )}
      {byDay(data?.rows ?? []).map(([day, rows]) => (
        <div key={day} className={classes.day}>
          <h3>
            {formatLongDay(day)} <span className="muted">{formatRelativeDay(day)}</span>
          </h3>
          {rows.map((row) => (
            <div key={row.id} className={classes.row}>
              <span className="tnum muted">{formatTime(row.at)}</span>
              <Link to={`/customers/${row.customerId}?focus=interaction:${row.id}`} className="truncate">
                {row.customerName}
              </Link>
              <span className="truncate">{row.summary}</span>
              <span className="muted truncate">
                {[
                  t(`vocabulary:interaction.${row.kind}`),
                  row.purpose && t(`vocabulary:purpose.${row.purpose}`),
                  row.outcome && t(`vocabulary:outcome.${row.outcome}`),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </div>
          ))}
        </div>
      ))}
    </section>
  );
};
