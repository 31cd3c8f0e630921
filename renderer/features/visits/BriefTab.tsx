import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { VisitRow } from '#shared/contracts/work.ts';
import { pathOf } from '../../app/destinations.ts';
import type { Language } from '../../app/i18n.ts';
import { notifyDone, notifyError } from '../../app/notify.tsx';
import { useBookQuery } from '../../app/queries.ts';
import { shell } from '../../app/shell-client.ts';
import { BriefSheet } from '../../print/brief/BriefSheet.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import classes from './Visits.module.css';

/** 访前简报 on screen as it prints; each line leads to its source, and the page saves as a PDF. */
export const BriefTab = ({ visit }: { visit: VisitRow }) => {
  const { t, i18n } = useTranslation('visits');
  const { data, error } = useBookQuery('visit.brief', { id: visit.id });
  const print = async (): Promise<void> => {
    try {
      const chosen = await shell('shell.chooseSave', {
        purpose: 'exportPdf',
        suggested: `${visit.customerName}-${visit.startsAt.slice(0, 10)}.pdf`,
      });
      if (!chosen) return;
      await shell('shell.printBrief', {
        file: chosen.file,
        visitId: visit.id,
        language: i18n.language as Language,
      });
      notifyDone(t('brief.saved'));
      await shell('shell.showFile', { file: chosen.file });
    } catch (problem) {
      notifyError(problem);
    }
  };
  if (error) return <EmptyState text={t(`errors:${error.code}`)} />;
  if (!data) return null;
  return (
    <>
      <Group className={classes.reportBar}>
        <Button size="xs" onClick={() => void print()}>
          {t('brief.print')}
        </Button>
      </Group>
      <div className={classes.sheet} data-testid="brief">
        <BriefSheet
          brief={data}
          link={(source, words) => (
            <Link to={pathOf(source.entity, source.id, visit.customerId)}>{words}</Link>
          )}
        />
      </div>
    </>
  );
};
