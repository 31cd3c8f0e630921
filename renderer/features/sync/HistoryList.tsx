import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Output } from '#shared/contracts/registry.ts';
import type { ConflictItem, RefusedItem } from '#shared/contracts/sync.ts';
import { type FieldWords, useFieldWords } from '../../app/field-words.ts';
import { formatAgo, formatDateTime } from '../../app/format.ts';
import { useBookQuery } from '../../app/queries.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Changes } from './Changes.tsx';
import { ItemHead } from './ItemHead.tsx';
import { ItemList, useSteps } from './ItemList.tsx';
import classes from './Sync.module.css';

/** 历史: what sync did, and what became of refused changes and conflicts. Nothing that was typed is missing here. */
export const HistoryList = () => {
  const { t } = useTranslation('sync');
  return (
    <div className={classes.history}>
      <section>
        <h3>{t('settled.title')}</h3>
        <Settled />
      </section>
      <section>
        <h3>{t('event.title')}</h3>
        <Events />
      </section>
    </div>
  );
};

type Line = { at: string; id: string } & ({ refused: RefusedItem } | { conflict: ConflictItem });

const Settled = () => {
  const { t } = useTranslation('sync');
  const words = useFieldWords();
  const { limit, more } = useSteps();
  const refused = useBookQuery('sync.refused', { settled: true, limit }, { keepPrevious: true }).data;
  const conflicts = useBookQuery('sync.conflicts', { settled: true, limit }, { keepPrevious: true }).data;
  if (!refused || !conflicts) return null;
  const lines: Line[] = [
    ...refused.items.map((item) => ({ at: item.settledAt ?? item.refusedAt, id: item.id, refused: item })),
    ...conflicts.items.map((item) => ({ at: item.settledAt ?? item.kept.at, id: item.id, conflict: item })),
  ].sort((a, b) => b.at.localeCompare(a.at));
  if (lines.length === 0) return <p className="muted">{t('empty.settled')}</p>;
  return (
    <ItemList
      label={t('settled.title')}
      empty={t('empty.settled')}
      total={refused.total + conflicts.total}
      shown={lines.length}
      onMore={more}
    >
      {lines.map((line) => (
        <li key={line.id} className={classes.item} data-row>
          {'refused' in line ? (
            <SettledRefusal item={line.refused} words={words} />
          ) : (
            <SettledConflict item={line.conflict} words={words} />
          )}
        </li>
      ))}
    </ItemList>
  );
};

const SettledRefusal = ({ item, words }: { item: RefusedItem; words: FieldWords }) => {
  const { t } = useTranslation('sync');
  return (
    <>
      <ItemHead
        item={item}
        op={item.op}
        words={words}
        at={item.settledAt ?? item.refusedAt}
        said="item.settledAt"
      />
      <p className={classes.outcome}>
        {t('tab.refused')} · {t(`outbox:reason.${item.reason}`)} → {t(`settled.${item.settledAs}`)}
      </p>
      <Changes
        entity={item.entity}
        fields={item.fields}
        words={words}
        isNew={item.op === 'create'}
        label={item.label}
      />
    </>
  );
};

const SettledConflict = ({ item, words }: { item: ConflictItem; words: FieldWords }) => {
  const { t } = useTranslation('sync');
  const said = (value: unknown): string => words.value(item.entity, item.field, value) || t('item.unknown');
  return (
    <>
      <ItemHead item={item} words={words} at={item.settledAt ?? item.kept.at} said="item.settledAt" />
      <p className={classes.outcome}>
        {t('tab.conflicts')} · {words.name(item.entity, item.field)} → {t(`settled.${item.settledAs}`)}
        {item.settledBy && ` · ${item.settledBy}`}
      </p>
      <dl className={classes.pair}>
        <dt>{t('conflict.kept')}</dt>
        <dd>{said(item.kept.value)}</dd>
        <dt>{t('conflict.lost')}</dt>
        <dd>{said(item.lost.value)}</dd>
      </dl>
    </>
  );
};

type SyncEvent = Output<'sync.events'>['events'][number];

const COUNTED: Record<string, string> = {
  snapshot: 'records',
  resnapshot: 'records',
  purged: 'customers',
  restoredServer: 'changes',
  deletionsStopped: 'count',
};

/** 同步完成：发送 3，接收 12 */
const eventWords = (t: TFunction<'sync'>, { kind, params }: SyncEvent): string => {
  if (kind === 'round') {
    const what = (['pushed', 'pulled', 'merged', 'conflicts', 'refused'] as const)
      .filter((name) => Number(params[name] ?? 0) > 0)
      .map((name) => t(`event.${name}`, { count: Number(params[name]) }));
    return t('event.round', { what: what.join(t('fields:value.separator')) || t('event.nothing') });
  }
  const counted = COUNTED[kind];
  if (kind === 'refused') return t('event.refusedOnce');
  return t(`event.${kind}`, {
    ...params,
    count: counted ? Number(params[counted] ?? 0) : 0,
    defaultValue: kind,
  });
};

const Events = () => {
  const { t } = useTranslation('sync');
  const { limit, more } = useSteps();
  const { data } = useBookQuery('sync.events', { limit }, { keepPrevious: true });
  if (!data) return null;
  if (data.total === 0) return <EmptyState text={t('empty.history')} />;
  return (
    <>
      <ul className={classes.events}>
        {data.events.map((event) => (
          <li key={event.n}>
            <time className="tnum muted" dateTime={event.at} title={formatDateTime(event.at)}>
              {formatAgo(event.at)}
            </time>
            <span>{eventWords(t, event)}</span>
          </li>
        ))}
      </ul>
      {data.total > data.events.length && (
        <button type="button" className={classes.moreFields} onClick={more}>
          {t('more', { count: data.total - data.events.length })}
        </button>
      )}
    </>
  );
};
