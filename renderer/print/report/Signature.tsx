import { useTranslation } from 'react-i18next';
import type { ReportRow } from '#shared/contracts/work.ts';
import { wallTime } from '#shared/domain/dates.ts';
import { formatDateTime } from '../../app/format.ts';
import paper from '../paper.module.css';
import classes from './Report.module.css';
import { grouped } from './report-words.ts';

/** Who signed, when, and the checksum of what was signed; on a draft an empty line for a pen. */
export const Signature = ({ report }: { report: ReportRow }) => {
  const { t } = useTranslation('documents');
  return (
    <footer className={classes.signature}>
      <div className={classes.signed}>
        <div className={classes.hand}>{report.signature && <img src={report.signature} alt="" />}</div>
        <p className={classes.line}>
          {report.signedAt
            ? t('report.signedLine', {
                name: report.signedBy ?? '',
                at: formatDateTime(wallTime(report.signedAt, report.zone)),
              })
            : t('field.signature')}
        </p>
      </div>
      {report.contentHash && (
        <p className={`${paper.muted} ${classes.hash}`}>
          {t('report.hash')}
          <code>{grouped(report.contentHash)}</code>
        </p>
      )}
    </footer>
  );
};
