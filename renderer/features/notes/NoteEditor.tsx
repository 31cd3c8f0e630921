import { Button, Group, SegmentedControl, TextInput } from '@mantine/core';
import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { Output } from '#shared/contracts/registry.ts';
import { call } from '../../app/data-client.ts';
import { formatDateTime } from '../../app/format.ts';
import { notifyDone, notifyError } from '../../app/notify.tsx';
import { Markdown } from '../../ui/Markdown.tsx';
import { AttachmentsPanel } from '../attachments/AttachmentsPanel.tsx';
import { HistoryButton } from '../history/HistoryButton.tsx';
import { RecordMark } from '../history/MarkSign.tsx';
import { continueList, type Edit, prefixLine, wrap } from './markdown-keys.ts';
import classes from './Notes.module.css';
import { useNoteSaving } from './useNoteSaving.ts';

type Note = Output<'note.get'>;

/** The editor: plain Markdown in a text area that nothing redraws, so that the caret is never lost. */
export const NoteEditor = ({ note, draft }: { note: Note; draft: string | null }) => {
  const { t } = useTranslation('notes');
  const navigate = useNavigate();
  const area = useRef<HTMLTextAreaElement>(null);
  const [preview, setPreview] = useState(draft ?? note.body);
  const [view, setView] = useState<'write' | 'both' | 'read'>('both');
  const { state, change, save, extract } = useNoteSaving(note.id, note.body);
  const [title, setTitle] = useState(note.title ?? '');
  const firstText = draft ?? note.body;

  const typed = (text: string): void => {
    setPreview(text);
    change(text);
  };
  const apply = (edit: Edit | null): boolean => {
    const element = area.current;
    if (!edit || !element) return false;
    element.setRangeText(edit.text, 0, element.value.length, 'end');
    element.setSelectionRange(edit.start, edit.end);
    typed(edit.text);
    return true;
  };
  const act = (make: (text: string, start: number, end: number) => Edit | null): void => {
    const element = area.current;
    if (!element) return;
    apply(make(element.value, element.selectionStart, element.selectionEnd));
    element.focus();
  };
  const turn = async (): Promise<void> => {
    try {
      const count = await extract();
      notifyDone(t('extracted', { count }));
    } catch (error) {
      notifyError(error);
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    const { value, selectionStart, selectionEnd } = event.currentTarget;
    const mod = event.ctrlKey || event.metaKey;
    if (event.key === 'Enter' && mod) {
      event.preventDefault();
      void turn();
    } else if (
      event.key === 'Enter' &&
      !event.shiftKey &&
      !event.nativeEvent.isComposing &&
      selectionStart === selectionEnd
    ) {
      if (apply(continueList(value, selectionStart))) event.preventDefault();
    } else if (mod && event.key.toLowerCase() === 'b') {
      event.preventDefault();
      apply(wrap(value, selectionStart, selectionEnd, '**'));
    } else if (mod && event.key.toLowerCase() === 's') {
      event.preventDefault();
      void save();
    } else if (event.key === 'Escape') {
      void navigate(-1);
    }
  };
  const remove = async (): Promise<void> => {
    try {
      const { commandId } = await call('note.remove', { ids: [note.id] });
      void navigate(-1);
      notifyDone(t('removed'), commandId);
    } catch (error) {
      notifyError(error);
    }
  };
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <TextInput
          variant="unstyled"
          className={classes.title}
          aria-label={t('title')}
          placeholder={t('title')}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
          onBlur={() =>
            title !== (note.title ?? '') &&
            void call('note.update', { id: note.id, fields: { title: title.trim() || null } }).catch(
              notifyError,
            )
          }
        />
        <div className={classes.meta}>
          <Link to={`/customers/${note.customerId}`}>{note.customerName}</Link> ·{' '}
          {formatDateTime(note.takenAt)} <RecordMark id={note.id} />
          {note.visitId && (
            <>
              {' · '}
              <Link to={`/visits/${note.visitId}`}>{t('toVisit')}</Link>
            </>
          )}
          <span className={classes.state} role="status" data-testid="note-state">
            {state === 'saved' ? t('common:saved') : state === 'typing' ? t('typing') : state}
          </span>
        </div>
      </header>
      <Group gap={6} className={classes.tools}>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => act((text, start) => prefixLine(text, start, '## '))}
        >
          {t('tool.heading')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => act((text, start) => prefixLine(text, start, '- '))}
        >
          {t('tool.list')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => act((text, start) => prefixLine(text, start, '- [ ] '))}
        >
          {t('tool.task')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => act((text, start) => prefixLine(text, start, t('tool.promiseText')))}
        >
          {t('tool.promise')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => act((text, start) => prefixLine(text, start, t('tool.nextText')))}
        >
          {t('tool.next')}
        </Button>
        <Group gap={6} ml="auto">
          <HistoryButton entity="note" id={note.id} label={note.title ?? ''} size={26} />
          <SegmentedControl
            size="xs"
            value={view}
            onChange={(value) => setView(value as typeof view)}
            data={(['write', 'both', 'read'] as const).map((value) => ({ value, label: t(`view.${value}`) }))}
          />
          <Button size="compact-sm" variant="subtle" color="red" onClick={() => void remove()}>
            {t('common:action.delete')}
          </Button>
          <Button size="compact-sm" onClick={() => void turn()} rightSection={<kbd>Ctrl ↵</kbd>}>
            {t('extract')}
          </Button>
        </Group>
      </Group>
      <div className={classes.panes} data-view={view}>
        <textarea
          ref={area}
          className={classes.area}
          defaultValue={firstText}
          aria-label={t('body')}
          placeholder={t('placeholder')}
          spellCheck={false}
          onChange={(event) => typed(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onBlur={() => void save()}
          autoFocus
        />
        <div className={`${classes.preview} selectable`}>
          <Markdown text={preview} />
          {note.extracts.length > 0 && (
            <aside className={classes.extracts}>
              <h3>{t('became')}</h3>
              <ul>
                {note.extracts.map((one) => (
                  <li key={one.recordId}>
                    <span className="muted">{t(`vocabulary:entity.${one.kind}`)}</span> {one.text}
                  </li>
                ))}
              </ul>
            </aside>
          )}
          <div className={classes.files}>
            <AttachmentsPanel
              compact
              target={{ customerId: note.customerId, visitId: note.visitId ?? undefined, noteId: note.id }}
            />
          </div>
        </div>
      </div>
    </div>
  );
};
