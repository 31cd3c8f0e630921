import { IconArrowRight } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './History.module.css';
import { areRelated, folded, inlineDiff, type Stretch } from './inline-diff.ts';

/** From here on two texts are laid over each other instead of standing side by side. */
const LONG = 40;
const FOLD = 240;

const tagOf = { same: 'span', added: 'ins', removed: 'del' } as const;

/** Both texts over each other, or one under the other where they have little in common. */
const laidOver = (before: string, after: string): { stretches: Stretch[]; isOverlaid: boolean } => {
  const stretches = inlineDiff(before, after);
  if (areRelated(stretches)) return { stretches, isOverlaid: true };
  const apart: Stretch[] = [
    { kind: 'removed', text: before && after ? `${before}\n` : before },
    { kind: 'added', text: after },
  ];
  return { stretches: apart.filter(({ text }) => text !== ''), isOverlaid: false };
};

/** A long text: only what changed and what stands beside it, the whole on demand. */
const TextChange = ({ before, after }: { before: string; after: string }) => {
  const { t } = useTranslation('history');
  const [isWhole, setWhole] = useState(false);
  const { stretches, isOverlaid } = useMemo(() => laidOver(before, after), [before, after]);
  const short = useMemo(() => folded(stretches), [stretches]);
  const isCut = short.some((stretch, index) => stretch.text !== stretches[index]?.text);
  const isLong = isCut || before.length + after.length > FOLD;
  return (
    <div
      className={`${classes.text} ${isOverlaid ? classes.overlaid : ''}`}
      data-folded={(isLong && !isWhole) || undefined}
    >
      <div>
        {(isWhole ? stretches : short).map(({ kind, text }, index) => {
          const Tag = tagOf[kind];
          // biome-ignore lint/suspicious/noArrayIndexKey: stretches of a text have no identity but their place
          return <Tag key={index}>{text}</Tag>;
        })}
      </div>
      {isLong && (
        <button
          type="button"
          className={classes.more}
          aria-expanded={isWhole}
          onClick={() => setWhole(!isWhole)}
        >
          {t(isWhole ? 'fold' : 'unfold')}
        </button>
      )}
    </div>
  );
};

/** before → after; a new record has only the latter. */
export const ValueChange = ({ before, after, isNew }: { before: string; after: string; isNew: boolean }) => {
  const { t } = useTranslation('history');
  if (before.length + after.length > LONG) return <TextChange before={before} after={after} />;
  return (
    <span className={classes.change}>
      {!isNew && (
        <>
          {before ? <del>{before}</del> : <span className="muted">{t('nothing')}</span>}
          <IconArrowRight size={14} stroke={1.6} aria-label={t('became')} />
        </>
      )}
      {after ? <ins>{after}</ins> : <span className="muted">{t('nothing')}</span>}
    </span>
  );
};
