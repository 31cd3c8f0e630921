import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { VisitRow } from '#shared/contracts/work.ts';
import { formatDateTime } from '../../app/format.ts';
import { useBookQuery } from '../../app/queries.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import classes from './Visits.module.css';

/** The notes of a visit. */
export const NotesTab = ({ visit }: { visit: VisitRow }) => {
  const { t } = useTranslation('visits');
  const navigate = useNavigate();
  const { data } = useBookQuery('note.list', { visitId: visit.id, limit: 100 });
  const write = () => void navigate(`/notes/new?customer=${visit.customerId}&visit=${visit.id}`);
  if (!data) return null;
  if (data.total === 0)
    return <EmptyState text={t('notes.empty')} action={{ label: t('notes.write'), run: write }} />;
  return (
    <>
      <div className={classes.reportBar}>
        <Button size="xs" onClick={write}>
          {t('notes.write')}
        </Button>
      </div>
      {data.rows.map((note) => (
        <Link
          key={note.id}
          to={`/notes/${note.id}`}
          className={classes.row}
          style={{ gridTemplateColumns: '172px minmax(0,1fr)' }}
        >
          <span className="tnum">{formatDateTime(note.takenAt)}</span>
          <span className="truncate">
            {note.title || note.body.split('\n').find((line) => line.trim()) || t('notes.untitled')}
          </span>
        </Link>
      ))}
    </>
  );
};
