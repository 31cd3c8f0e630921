import { Button, Group, Kbd } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConflictItem } from '#shared/contracts/sync.ts';
import { type FieldWords, useFieldWords } from '../../app/field-words.ts';
import { formatAgo, formatDateTime } from '../../app/format.ts';
import { notifyDone, notifyError } from '../../app/notify.tsx';
import { useBookCommand, useBookQuery } from '../../app/queries.ts';
import { diffTexts, type Piece } from '../../ui/text-diff.ts';
import { ItemHead } from './ItemHead.tsx';
import { ItemList, useSteps } from './ItemList.tsx';
import classes from './Sync.module.css';

/** 冲突: fields two people typed into without knowing of each other. */
export const ConflictList = () => {
  const { t } = useTranslation('sync');
  const words = useFieldWords();
  const { limit, more } = useSteps();
  const { data } = useBookQuery('sync.conflicts', { limit }, { keepPrevious: true });
  return (
    <ItemList
      label={t('tab.conflicts')}
      explain={t('explain.conflicts')}
      empty={t('empty.conflicts')}
      total={data?.total}
      shown={data?.items.length ?? 0}
      onMore={more}
    >
      {data?.items.map((item) => (
        <Conflict key={item.id} item={item} words={words} />
      ))}
    </ItemList>
  );
};

const plain = (text: string): Piece[] => [{ text, differs: false }];

const Text = ({ pieces }: { pieces: readonly Piece[] }) =>
  pieces.map(({ text, differs }, index) =>
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text have no identity but their place
    differs ? <mark key={index}>{text}</mark> : <span key={index}>{text}</span>,
  );

const Side = ({ title, side, pieces }: { title: string; side: ConflictItem['kept']; pieces: Piece[] }) => {
  const { t } = useTranslation('sync');
  const who = side.mine ? t('conflict.me') : (side.by ?? t('conflict.someone'));
  return (
    <section className={classes.side}>
      <h4>
        {title} <span className="muted">{who}</span>{' '}
        <time className="muted" dateTime={side.at} title={formatDateTime(side.at)}>
          {formatAgo(side.at)}
        </time>
      </h4>
      <div className={classes.text}>
        <Text pieces={pieces} />
      </div>
    </section>
  );
};

const Conflict = ({ item, words }: { item: ConflictItem; words: FieldWords }) => {
  const { t } = useTranslation('sync');
  const settle = useBookCommand('sync.settleConflict');
  const isRemoval = item.field === 'deleted';
  const said = (value: unknown): string => words.value(item.entity, item.field, value) || t('item.unknown');
  const kept = said(item.kept.value);
  const lost = said(item.lost.value);
  const { left, right } = useMemo(
    () => (item.isText ? diffTexts(kept, lost) : { left: plain(kept), right: plain(lost) }),
    [kept, lost, item.isText],
  );
  const choose = async (as: 'kept' | 'lost' | 'both'): Promise<void> => {
    try {
      const { commandId } = await settle.mutateAsync({ id: item.id, as });
      notifyDone(t('conflict.settled'), commandId);
    } catch (error) {
      notifyError(error);
    }
  };
  const isMine = item.kept.mine || item.lost.mine;
  const wordsOf = (side: 'kept' | 'lost'): string => {
    if (isRemoval) return t(item[side].value === true ? 'conflict.remove' : 'conflict.keep');
    if (!isMine) return t(side === 'kept' ? 'conflict.keepKept' : 'conflict.keepLost');
    return t(item[side].mine ? 'conflict.keepMine' : 'conflict.keepTheirs');
  };
  const mineFirst = (item.lost.mine ? ['lost', 'kept'] : ['kept', 'lost']) as ('kept' | 'lost')[];
  return (
    <li className={classes.item} data-row data-item={item.id}>
      <ItemHead item={item} words={words} at={item.lost.at} said="item.typedAt" />
      <div className={classes.disputed}>
        <strong>{words.name(item.entity, item.field)}</strong>
        {isRemoval ? (
          <span className="muted">{t('conflict.deletedKept')}</span>
        ) : (
          item.before !== null && (
            <span className={classes.was}>
              {t('conflict.before')}
              {t('fields:value.colon')}
              {said(item.before)}
            </span>
          )
        )}
      </div>
      <div className={classes.sides}>
        <Side title={t('conflict.kept')} side={item.kept} pieces={left} />
        <Side title={t('conflict.lost')} side={item.lost} pieces={right} />
      </div>
      {item.changedSince && (
        <p className={classes.since}>
          {t('conflict.changedSince')} <strong>{said(item.now)}</strong>
        </p>
      )}
      {item.gone && <p className={classes.since}>{t('item.gone')}</p>}
      <Group gap={8} mt={8}>
        {mineFirst.map((side, index) => (
          <Button
            key={side}
            size="compact-sm"
            variant="default"
            data-key={index === 0 ? 'm' : 't'}
            disabled={settle.isPending}
            rightSection={<Kbd size="xs">{index === 0 ? 'M' : 'T'}</Kbd>}
            onClick={() => void choose(side)}
          >
            {wordsOf(side)}
          </Button>
        ))}
        {item.isText && (
          <Button
            size="compact-sm"
            variant="default"
            data-key="b"
            disabled={settle.isPending}
            rightSection={<Kbd size="xs">B</Kbd>}
            onClick={() => void choose('both')}
          >
            {t('conflict.both')}
          </Button>
        )}
      </Group>
    </li>
  );
};
