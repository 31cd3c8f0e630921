import { Tooltip } from '@mantine/core';
import { IconArrowsSplit2, IconCircleX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Mark } from '#shared/contracts/sync.ts';
import classes from './MarkSign.module.css';
import type { Standing } from './mark-index.ts';
import { usePageMarks } from './marks.tsx';

const TAB = { waiting: 'waiting', refused: 'refused', conflict: 'conflicts' } as const;

/** Where a mark leads: the list of 同步, on its item. */
export const syncPath = (kind: Mark['kind'], itemId: string | null): string =>
  `/sync/${TAB[kind]}${itemId ? `?item=${itemId}` : ''}`;

const Shape = ({ kind }: { kind: Mark['kind'] }) => {
  if (kind === 'waiting') return <i className={classes.ring} aria-hidden />;
  const Icon = kind === 'refused' ? IconCircleX : IconArrowsSplit2;
  return <Icon size={14} stroke={1.8} aria-hidden />;
};

/** A small shape with its words: a ring waits, a crossed circle was refused, two arrows conflict. */
export const MarkSign = ({ standing, inGrid = false }: { standing: Standing | null; inGrid?: boolean }) => {
  const { t } = useTranslation('history');
  if (!standing) return null;
  const { kind, itemId } = standing;
  const words = t(`mark.${kind}`);
  if (kind === 'waiting')
    return (
      <span className={classes.sign} data-kind={kind} role="img" aria-label={words} title={words}>
        <Shape kind={kind} />
      </span>
    );
  return (
    <Tooltip label={words}>
      <Link
        className={classes.sign}
        data-kind={kind}
        to={syncPath(kind, itemId)}
        aria-label={words}
        tabIndex={inGrid ? -1 : undefined}
      >
        <Shape kind={kind} />
      </Link>
    </Tooltip>
  );
};

/** The mark of a record, or of one of its fields, on a page that has asked for its marks. */
export const RecordMark = ({ id, field }: { id: string; field?: string }) => {
  const marks = usePageMarks();
  return <MarkSign standing={field === undefined ? marks.ofRecord(id) : marks.ofField(id, field)} />;
};

/** 3 待同步 · 1 被拒: what stands on a page, for its head. */
export const MarkCounts = () => {
  const { t } = useTranslation('history');
  const marks = usePageMarks();
  const kinds = (['conflict', 'refused', 'waiting'] as const).filter((kind) => marks.count(kind) > 0);
  if (kinds.length === 0) return null;
  return (
    <p className={classes.counts}>
      {kinds.map((kind) => (
        <Link key={kind} className={classes.count} data-kind={kind} to={syncPath(kind, null)}>
          <Shape kind={kind} />
          {t(`mark.${kind}Count`, { count: marks.count(kind) })}
        </Link>
      ))}
    </p>
  );
};
