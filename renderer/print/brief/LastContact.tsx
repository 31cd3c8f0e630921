import { useTranslation } from 'react-i18next';
import type { Brief } from '#shared/contracts/work.ts';
import { formatDay, formatRelativeDay } from '../../app/format.ts';
import paper from '../paper.module.css';
import classes from './Brief.module.css';
import type { LinkTo } from './parts.tsx';

/** What the last talk left to come back to stands first, then when it was and what was said (S3-31). */
export const LastContact = ({ brief, link }: { brief: Brief; link: LinkTo | undefined }) => {
  const { t } = useTranslation('documents');
  const last = brief.lastContact;
  if (!last)
    return (
      <section className={classes.part}>
        <h2>{t('brief.last')}</h2>
        <p className={paper.muted}>{t('brief.never')}</p>
      </section>
    );
  const kind = [
    t(`vocabulary:interaction.${last.kind}`),
    last.purpose && t(`vocabulary:purpose.${last.purpose}`),
    last.outcome && t(`vocabulary:outcome.${last.outcome}`),
  ]
    .filter(Boolean)
    .join(' · ');
  const source = { entity: 'interaction', id: last.id };
  return (
    <>
      {last.nextHook && (
        <section className={classes.part}>
          <h2>{t('brief.hook')}</h2>
          <p className={`${classes.hook} ${classes.two}`}>
            {link ? link(source, last.nextHook) : last.nextHook}
          </p>
        </section>
      )}
      <section className={classes.part}>
        <h2>
          {t('brief.last')}
          <span className={classes.beside}>
            {formatDay(last.at)} · {formatRelativeDay(last.at)}
          </span>
        </h2>
        <p className={classes.one}>{link ? link(source, kind) : kind}</p>
        {last.summary && <p className={classes.two}>{last.summary}</p>}
      </section>
    </>
  );
};
