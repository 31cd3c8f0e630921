import { useTranslation } from 'react-i18next';
import type { Brief } from '#shared/contracts/work.ts';
import { formatDateTime, formatLongDay, formatTime } from '../../app/format.ts';
import paper from '../paper.module.css';
import { allot, linesOf } from './allot.ts';
import classes from './Brief.module.css';
import { LastContact } from './LastContact.tsx';
import { type BriefEntry, type BriefPart, factParts, type LinkTo, talkParts } from './parts.tsx';

/** A page holds about 46 lines beside its head; a column is about 23 Chinese characters wide. */
const WIDTH = 23;
const HEADING = 1.6;
const FACTS_ROOM = 45;
const TALK_ROOM = 26;
/** More lines to write on than ever fit; what is below the page is cut off. */
const RULED = Array.from({ length: 30 }, (_, n) => n);
/** Room of the last contact above the facts. */
const LAST_ROOM = 6;

const heightOf = (entry: BriefEntry, most: number): number =>
  linesOf(`${entry.text}${entry.aside ?? ''}`, WIDTH - 2, most);

const Entry = ({ entry, part, link }: { entry: BriefEntry; part: BriefPart; link: LinkTo | undefined }) => (
  <li className={part.ticks ? classes.tick : undefined}>
    <span className={part.most > 1 ? classes.two : classes.one}>
      {link && entry.source ? link(entry.source, entry.text) : entry.text}
    </span>
    {entry.aside && <span className={classes.aside}>{entry.aside}</span>}
  </li>
);

const Part = ({ part, shown, link }: { part: BriefPart; shown: number; link: LinkTo | undefined }) => {
  const { t } = useTranslation('documents');
  const rest = part.entries.length - shown;
  if (part.entries.length === 0) return null;
  return (
    <section className={classes.part}>
      <h2>{part.title}</h2>
      <ul>
        {part.entries.slice(0, shown).map((entry) => (
          <Entry key={entry.key} entry={entry} part={part} link={link} />
        ))}
        {rest > 0 && <li className={paper.muted}>{t('brief.more', { count: rest })}</li>}
      </ul>
    </section>
  );
};

const Column = ({ parts, room, link }: { parts: BriefPart[]; room: number; link: LinkTo | undefined }) => {
  const shown = allot(
    parts.map(({ entries, most }) => ({
      heading: HEADING,
      lines: entries.map((one) => heightOf(one, most)),
    })),
    room,
  );
  return parts.map((part, n) => <Part key={part.title} part={part} shown={shown[n] ?? 0} link={link} />);
};

const Head = ({ brief }: { brief: Brief }) => {
  const { t } = useTranslation('documents');
  const { customer, visit } = brief;
  return (
    <header className={classes.head}>
      <div className={classes.who}>
        <h1>
          {customer.name}
          {customer.class && <span className={classes.class}>{customer.class}</span>}
        </h1>
        <p>{customer.subtitle}</p>
        {customer.phone && <p>{customer.phone}</p>}
      </div>
      <div className={classes.when}>
        <p className={classes.time}>
          {formatLongDay(visit.startsAt)} {formatTime(visit.startsAt)}–{formatTime(visit.endsAt)}
        </p>
        <p className={classes.two}>
          {[t(`vocabulary:visitMode.${visit.mode}`), visit.place ?? customer.address]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
    </header>
  );
};

const Aim = ({ brief }: { brief: Brief }) => {
  const { t } = useTranslation('documents');
  const { purpose, aim } = brief.visit;
  const words = [purpose && t(`vocabulary:purpose.${purpose}`), aim].filter(Boolean).join(t('brief.colon'));
  return (
    <section className={classes.part}>
      <h2>{t('brief.aim')}</h2>
      <p className={words ? classes.aim : paper.muted}>{words || t('brief.noAim')}</p>
    </section>
  );
};

const Kit = ({ kit }: { kit: Brief['kit'] }) => {
  const { t } = useTranslation('documents');
  if (kit.length === 0) return null;
  return (
    <section className={classes.part}>
      <h2>{t('brief.kit')}</h2>
      <ul className={classes.kit}>
        {kit.slice(0, 10).map((item) => (
          <li key={item.key ?? item.text} className={classes.tick} data-done={item.done || undefined}>
            <span className={classes.one}>{item.key ? t(`brief:kit.${item.key}`) : item.text}</span>
          </li>
        ))}
      </ul>
    </section>
  );
};

/** 访前简报 on one page: left what is known, right the talk, and lines to write on. */
export const BriefSheet = ({ brief, link }: { brief: Brief; link?: LinkTo }) => {
  const { t, i18n } = useTranslation('documents');
  return (
    <article className={`${paper.paper} ${classes.brief}`} lang={i18n.language}>
      <Head brief={brief} />
      <div className={classes.columns}>
        <div className={classes.facts}>
          <LastContact brief={brief} link={link} />
          <Column parts={factParts(t, brief)} room={FACTS_ROOM - LAST_ROOM} link={link} />
        </div>
        <div className={classes.talk}>
          <Aim brief={brief} />
          <Column parts={talkParts(t, brief)} room={TALK_ROOM} link={link} />
          <Kit kit={brief.kit} />
          <section className={`${classes.part} ${classes.write}`}>
            <h2>{t('brief.write')}</h2>
            <div className={classes.lines} aria-hidden>
              {RULED.map((n) => (
                <hr key={n} />
              ))}
            </div>
          </section>
        </div>
      </div>
      <p className={classes.foot}>
        {t('brief.kind')} · {t('brief.madeAt', { at: formatDateTime(brief.madeAt) })} ·{' '}
        {t('brief.known', { percent: brief.completeness.percent })}
      </p>
    </article>
  );
};
