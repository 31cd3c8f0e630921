import { useEffect, useRef } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { v7 as uuid } from 'uuid';
import { call } from '../../app/data-client.ts';
import { localZone } from '../../app/format.ts';
import { notifyError } from '../../app/notify.tsx';
import { useBookQuery } from '../../app/queries.ts';
import { MarksOf } from '../history/marks.tsx';
import { NoteEditor } from './NoteEditor.tsx';

/** Meeting notes; `/notes/new?customer=…&visit=…` makes one and goes there. */
export const NotePage = () => {
  const { id = '' } = useParams();
  return id === 'new' ? <NewNote /> : <OpenNote key={id} id={id} />;
};

const NewNote = () => {
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const made = useRef(false);
  const customerId = search.get('customer');
  const visitId = search.get('visit');
  useEffect(() => {
    if (made.current || !customerId) return;
    made.current = true;
    const id = uuid();
    call('note.create', {
      id,
      fields: { customerId, visitId, takenAt: new Date().toISOString(), zone: localZone() },
    }).then(
      () => navigate(`/notes/${id}`, { replace: true }),
      (error: unknown) => {
        notifyError(error);
        navigate(-1);
      },
    );
  }, [customerId, visitId, navigate]);
  return null;
};

const OpenNote = ({ id }: { id: string }) => {
  const note = useBookQuery('note.get', { id });
  const draft = useBookQuery('draft.get', { key: `note:${id}` }, { gcTime: 0 });
  if (!note.data || !draft.data) return null;
  return (
    <MarksOf recordIds={[id]}>
      <NoteEditor note={note.data} draft={draft.data.savedAt === null ? null : String(draft.data.value)} />
    </MarksOf>
  );
};
