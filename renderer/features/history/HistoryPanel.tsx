import { Drawer, Select } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFieldWords } from '../../app/field-words.ts';
import { formatLongDay } from '../../app/format.ts';
import { useBookQuery } from '../../app/queries.ts';
import { type HistorySubject, useUi } from '../../app/ui-state.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { groupLines } from './group-lines.ts';
import classes from './History.module.css';
import { MomentBlock } from './MomentBlock.tsx';
import { focusedSubject } from './record-props.ts';

const STEP = 60;
const MOST = 1_000;

/** 历史: every value a record had, from anywhere by Alt+H. */
export const HistoryPanel = () => {
  const { t } = useTranslation('history');
  const subject = useUi((ui) => ui.history);
  const set = useUi((ui) => ui.set);
  useHotkeys([['alt+H', () => set({ history: focusedSubject() })]], []);
  return (
    <Drawer
      opened={subject !== null}
      onClose={() => set({ history: null })}
      position="right"
      size={520}
      title={t('of', { label: subject?.label || t(`vocabulary:entity.${subject?.entity}` as string) })}
      closeButtonProps={{ 'aria-label': t('common:action.close') }}
    >
      {subject && <RecordHistory key={`${subject.id} ${subject.field ?? ''}`} subject={subject} />}
    </Drawer>
  );
};

const RecordHistory = ({ subject: { entity, id, field: first } }: { subject: HistorySubject }) => {
  const { t } = useTranslation('history');
  const words = useFieldWords();
  const [field, setField] = useState(first ?? null);
  const [limit, setLimit] = useState(STEP);
  const { data } = useBookQuery(
    'record.history',
    { entity, id, limit, ...(field !== null && { field }) },
    { keepPrevious: true },
  );
  if (!data) return null;
  const choices = [...new Set([...(field ? [field] : []), ...data.fields])].map((value) => ({
    value,
    label: words.name(entity, value),
  }));
  // a value that no line here brought, because it was there before this device saw the record
  const oldest = new Map(data.lines.map((line) => [line.field, line]));
  return (
    <>
      {choices.length > 1 && (
        <Select
          className={classes.filter}
          aria-label={t('filter')}
          placeholder={t('allFields')}
          clearable
          searchable
          data={choices}
          value={field}
          onChange={setField}
          clearButtonProps={{ 'aria-label': t('allFields') }}
        />
      )}
      {data.lines.length === 0 && <EmptyState text={t(field === null ? 'empty' : 'emptyField')} />}
      {groupLines(data.lines).map(({ day, moments }) => (
        <section key={day} className={classes.day}>
          <h3>{formatLongDay(day)}</h3>
          <ol>
            {moments.map((moment) => (
              <MomentBlock
                key={moment.key}
                moment={moment}
                entity={entity}
                id={id}
                words={words}
                isOldest={(line) => oldest.get(line.field) === line}
              />
            ))}
          </ol>
        </section>
      ))}
      {data.total > limit && limit < MOST && (
        <button
          type="button"
          className={classes.more}
          onClick={() => setLimit(Math.min(MOST, limit + STEP * 2))}
        >
          {t('more')}
        </button>
      )}
    </>
  );
};
