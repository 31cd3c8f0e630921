import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReportRow } from '#shared/contracts/work.ts';
import { Markdown } from '../../ui/Markdown.tsx';
import paper from '../paper.module.css';
import classes from './Report.module.css';
import { NeedsTable, PromisesTable, StepsTable } from './ReportTables.tsx';
import { minutesOf, whenOf } from './report-words.ts';
import { Signature } from './Signature.tsx';

const Section = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className={classes.section}>
    <h2>{title}</h2>
    {children}
  </section>
);

/** Words of the user, when there are any. */
const Words = ({ title, text }: { title: string; text: string | null }) =>
  text?.trim() ? (
    <Section title={title}>
      <Markdown text={text} />
    </Section>
  ) : null;

const Fact = ({ label, children }: { label: string; children: ReactNode }) =>
  children ? (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  ) : null;

const People = ({ report, side }: { report: ReportRow; side: 'customer' | 'bank' }) => {
  const { t } = useTranslation('documents');
  const people = report.participants.filter((one) => one.side === side);
  if (people.length === 0) return null;
  return (
    <Fact label={t(side === 'customer' ? 'field.customerSide' : 'field.bankSide')}>
      {people
        .map((one) => (one.role ? t('report.person', { name: one.name, role: one.role }) : one.name))
        .join(t('list.separator'))}
    </Fact>
  );
};

const Head = ({ report, number }: Props) => {
  const { t } = useTranslation('documents');
  const minutes = minutesOf(report);
  return (
    <header className={classes.head}>
      <p className={classes.kind}>
        <span>
          {t('report.kind')}
          {number !== undefined && ` · ${t('report.number', { n: number })}`}
        </span>
        <span>
          {report.state === 'draft' ? t('report.draft') : t('vocabulary:reportState.signed')}
          {` · ${t('report.version', { n: report.version })}`}
        </span>
      </p>
      <h1>{report.title}</h1>
      <dl className={classes.facts}>
        <Fact label={t('field.customer')}>
          <strong>{report.customerName}</strong>
        </Fact>
        <Fact label={t('field.time')}>
          {whenOf(report)}
          {minutes !== null && (
            <span className={paper.muted}>{` · ${t('report.minutes', { count: minutes })}`}</span>
          )}
        </Fact>
        <Fact label={t('field.mode')}>
          {[t(`vocabulary:visitMode.${report.mode}`), report.place].filter(Boolean).join(' · ')}
        </Fact>
        <Fact label={t('field.purpose')}>{report.purpose && t(`vocabulary:purpose.${report.purpose}`)}</Fact>
        <People report={report} side="customer" />
        <People report={report} side="bank" />
      </dl>
      {report.version > 1 && (
        <p className={`${paper.muted} ${paper.small}`}>{t('report.corrected', { n: report.version - 1 })}</p>
      )}
    </header>
  );
};

interface Props {
  report: ReportRow;
  /** Its place among several. */
  number?: number;
}

/** A visit report as it prints: what was found, said, needed, promised and signed. */
export const ReportSheet = ({ report, number }: Props) => {
  const { t, i18n } = useTranslation('documents');
  return (
    <article className={`${paper.paper} ${classes.report}`} lang={i18n.language}>
      <Head report={report} {...(number !== undefined && { number })} />
      <Words title={t('field.facts')} text={report.facts} />
      <Words title={t('field.discussion')} text={report.discussion} />
      <Words title={t('field.confirmedSummary')} text={report.confirmedSummary} />
      {report.needs.length > 0 && (
        <Section title={t('field.needs')}>
          <NeedsTable needs={report.needs} />
        </Section>
      )}
      {report.promises.length > 0 && (
        <Section title={t('field.promises')}>
          <PromisesTable promises={report.promises} />
        </Section>
      )}
      {report.nextSteps.length > 0 && (
        <Section title={t('field.nextSteps')}>
          <StepsTable steps={report.nextSteps} />
        </Section>
      )}
      <Words title={t('field.nextHook')} text={report.nextHook} />
      <Signature report={report} />
    </article>
  );
};
