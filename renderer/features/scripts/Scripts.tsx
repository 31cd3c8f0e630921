import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink, useNavigate, useParams } from 'react-router';
import { v7 as uuid } from 'uuid';
import type { Output } from '#shared/contracts/registry.ts';
import { PURPOSES } from '#shared/domain/vocabulary.ts';
import { call } from '../../app/data-client.ts';
import type { Language } from '../../app/i18n.ts';
import { notifyDone, notifyError } from '../../app/notify.tsx';
import { useBookQuery } from '../../app/queries.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Markdown } from '../../ui/Markdown.tsx';
import { HistoryButton } from '../history/HistoryButton.tsx';
import { RecordMark } from '../history/MarkSign.tsx';
import { MarksOf } from '../history/marks.tsx';
import classes from './Scripts.module.css';

type Script = Output<'script.list'>['rows'][number];

/** 话术: call scripts, read and edited as Markdown. */
export const Scripts = () => {
  const { t, i18n } = useTranslation('scripts');
  const { id } = useParams();
  const navigate = useNavigate();
  const { data } = useBookQuery('script.list', {});
  const rows = data?.rows ?? [];
  const chosen = rows.find((script) => script.id === id);
  const first = rows[0]?.id;
  useEffect(() => {
    if (!id && first) void navigate(`/scripts/${first}`, { replace: true });
  }, [id, first, navigate]);
  const create = async (): Promise<void> => {
    const next = uuid();
    try {
      const { commandId } = await call('script.create', {
        id: next,
        fields: { title: t('untitled'), language: i18n.language as Language },
      });
      void navigate(`/scripts/${next}`);
      notifyDone(t('created'), commandId);
    } catch (error) {
      notifyError(error);
    }
  };
  if (!data) return null;
  if (rows.length === 0)
    return <EmptyState text={t('empty')} action={{ label: t('new'), run: () => void create() }} />;
  return (
    <div className={classes.page}>
      <aside className={classes.list}>
        <Button size="xs" variant="default" fullWidth mb="xs" onClick={() => void create()}>
          {t('new')}
        </Button>
        {rows.map((script) => (
          <NavLink key={script.id} to={`/scripts/${script.id}`} className={classes.item}>
            <span className="truncate">{script.title}</span>
            <small>{script.purpose ? t(`vocabulary:purpose.${script.purpose}`) : t('anyPurpose')}</small>
          </NavLink>
        ))}
      </aside>
      {chosen ? <ScriptEditor key={chosen.id} script={chosen} /> : <EmptyState text={t('choose')} />}
    </div>
  );
};

const ScriptEditor = ({ script }: { script: Script }) => {
  const { t } = useTranslation('scripts');
  const navigate = useNavigate();
  const [title, setTitle] = useState(script.title);
  const [body, setBody] = useState(script.body);
  const [editing, setEditing] = useState(script.body === '');
  const save = (fields: Partial<Pick<Script, 'title' | 'body' | 'purpose'>>): void =>
    void call('script.update', { id: script.id, fields }).catch(notifyError);
  const remove = async (): Promise<void> => {
    try {
      const { commandId } = await call('script.remove', { ids: [script.id] });
      void navigate('/scripts');
      notifyDone(t('removed'), commandId);
    } catch (error) {
      notifyError(error);
    }
  };
  const leaveBody = (): void => {
    if (body !== script.body) save({ body });
  };
  return (
    <section className={classes.editor}>
      <div className={classes.bar}>
        <TextInput
          aria-label={t('title')}
          value={title}
          style={{ flex: 1 }}
          error={title.trim() === '' && t('validation:required')}
          onChange={(event) => setTitle(event.currentTarget.value)}
          onBlur={() => title.trim() && title !== script.title && save({ title: title.trim() })}
        />
        <Select
          aria-label={t('purpose')}
          w={160}
          clearable
          placeholder={t('anyPurpose')}
          data={PURPOSES.map((value) => ({ value, label: t(`vocabulary:purpose.${value}`) }))}
          value={script.purpose}
          onChange={(purpose) => save({ purpose: purpose as Script['purpose'] })}
        />
        <Button
          variant="default"
          onClick={() => {
            leaveBody();
            setEditing(!editing);
          }}
        >
          {t(editing ? 'common:action.done' : 'common:action.edit')}
        </Button>
        <MarksOf recordIds={[script.id]}>
          <RecordMark id={script.id} />
        </MarksOf>
        <HistoryButton entity="script" id={script.id} label={script.title} />
        <Button variant="subtle" color="red" onClick={() => void remove()}>
          {t('common:action.delete')}
        </Button>
      </div>
      {editing ? (
        <Textarea
          aria-label={t('body')}
          placeholder={t('bodyHint')}
          autosize
          minRows={18}
          value={body}
          onChange={(event) => setBody(event.currentTarget.value)}
          onBlur={leaveBody}
        />
      ) : (
        <div className={`${classes.read} selectable`}>
          <Markdown text={body} />
        </div>
      )}
    </section>
  );
};
