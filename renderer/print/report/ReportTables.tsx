import { useTranslation } from 'react-i18next';
import type { ReportRow } from '#shared/contracts/work.ts';
import { formatDate, formatMoney } from '../../app/format.ts';
import paper from '../paper.module.css';

/** What the customer needs, with how much where that is known. */
export const NeedsTable = ({ needs }: { needs: ReportRow['needs'] }) => {
  const { t } = useTranslation('documents');
  return (
    <table className={paper.table}>
      <thead>
        <tr>
          <th>{t('field.text')}</th>
          <th>{t('field.category')}</th>
          <th className={paper.right}>{t('field.amount')}</th>
        </tr>
      </thead>
      <tbody>
        {needs.map((need) => (
          <tr key={`${need.text}${need.category}`}>
            <td>{need.text}</td>
            <td className={paper.narrow}>{t(`vocabulary:need.${need.category}`)}</td>
            <td className={paper.right}>
              {need.amountMinor !== null && formatMoney(need.amountMinor, need.currency)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

/** Who promised what until when, and how it stands. */
export const PromisesTable = ({ promises }: { promises: ReportRow['promises'] }) => {
  const { t } = useTranslation('documents');
  return (
    <table className={paper.table}>
      <thead>
        <tr>
          <th>{t('field.text')}</th>
          <th>{t('field.madeBy')}</th>
          <th>{t('field.dueOn')}</th>
          <th className={paper.right}>{t('field.status')}</th>
        </tr>
      </thead>
      <tbody>
        {promises.map((one) => (
          <tr key={one.id}>
            <td>{one.text}</td>
            <td className={paper.narrow}>{t(`vocabulary:promiseMaker.${one.madeBy}`)}</td>
            <td className={paper.narrow}>{one.dueOn ? formatDate(one.dueOn) : t('report.noDate')}</td>
            <td className={paper.right}>{t(`vocabulary:promiseStatus.${one.status}`)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};

/** What happens next, by whom and until when. */
export const StepsTable = ({ steps }: { steps: ReportRow['nextSteps'] }) => {
  const { t } = useTranslation('documents');
  return (
    <table className={paper.table}>
      <thead>
        <tr>
          <th>{t('field.text')}</th>
          <th>{t('field.who')}</th>
          <th className={paper.right}>{t('field.dueOn')}</th>
        </tr>
      </thead>
      <tbody>
        {steps.map((step) => (
          <tr key={`${step.text}${step.dueOn}`}>
            <td>{step.text}</td>
            <td className={paper.narrow}>{t(`vocabulary:promiseMaker.${step.who}`)}</td>
            <td className={paper.right}>{step.dueOn ? formatDate(step.dueOn) : t('report.noDate')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
