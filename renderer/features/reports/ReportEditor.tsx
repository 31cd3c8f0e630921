import { ActionIcon, Button, Group, NumberInput, Select, Text, Textarea, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Output } from '#shared/contracts/registry.ts';
import { NEED_CATEGORIES } from '#shared/domain/vocabulary.ts';
import { call } from '../../app/data-client.ts';
import { errorText, notifyError } from '../../app/notify.tsx';
import { DateField } from '../../ui/DateField.tsx';
import { Participants } from '../visits/Participants.tsx';
import classes from './Reports.module.css';

type Report = Output<'report.get'>;
type Fields = Pick<
  Report,
  | 'title'
  | 'place'
  | 'participants'
  | 'facts'
  | 'discussion'
  | 'confirmedSummary'
  | 'needs'
  | 'nextSteps'
  | 'nextHook'
>;
const SAVE_AFTER_MS = 400;

const fieldsOf = ({
  title,
  place,
  participants,
  facts,
  discussion,
  confirmedSummary,
  needs,
  nextSteps,
  nextHook,
}: Report): Fields => ({
  title,
  place,
  participants,
  facts,
  discussion,
  confirmedSummary,
  needs,
  nextSteps,
  nextHook,
});
const orNull = (text: string): string | null => (text.trim() === '' ? null : text);

/** Saves what changed a moment after the last key, and at once when the screen is left. */
const useAutosave = (report: Report) => {
  const [fields, setFields] = useState<Fields>(() => fieldsOf(report));
  const [saved, setSaved] = useState<'saved' | 'saving' | string>('saved');
  const pending = useRef<Partial<Fields>>({});
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const flush = useRef(async () => {
    const patch = pending.current;
    if (timer.current) clearTimeout(timer.current);
    timer.current = null;
    if (Object.keys(patch).length === 0 || patch.title?.trim() === '') return;
    pending.current = {};
    try {
      await call('report.update', { id: report.id, fields: patch });
      setSaved('saved');
    } catch (error) {
      pending.current = { ...patch, ...pending.current };
      setSaved(errorText(error));
      notifyError(error);
    }
  });
  useEffect(() => () => void flush.current(), []);
  const change = (patch: Partial<Fields>): void => {
    setFields((former) => ({ ...former, ...patch }));
    pending.current = { ...pending.current, ...patch };
    setSaved('saving');
    if (timer.current) clearTimeout(timer.current);
    timer.current = setTimeout(() => void flush.current(), SAVE_AFTER_MS);
  };
  return { fields, change, saved, flush: flush.current };
};

interface Props {
  report: Report;
  /** Takes the function that saves at once what is still waiting: a report is signed as it stands on the screen. */
  flushBy: RefObject<(() => Promise<void>) | null>;
}

/** The draft of a report, field by field. */
export const ReportEditor = ({ report, flushBy }: Props) => {
  const { t } = useTranslation('reports');
  const { fields, change, saved, flush } = useAutosave(report);
  useEffect(() => {
    flushBy.current = flush;
  }, [flushBy, flush]);
  return (
    <div className={classes.editor} data-testid="report-editor">
      <Text size="xs" c="dimmed" role="status">
        {saved === 'saved' ? t('common:draftSaved') : saved === 'saving' ? t('saving') : saved}
      </Text>
      <Group grow align="flex-start">
        <TextInput
          label={t('documents:field.title')}
          required
          value={fields.title}
          error={fields.title.trim() === '' && t('validation:required')}
          onChange={(event) => change({ title: event.currentTarget.value })}
        />
        <TextInput
          label={t('documents:field.place')}
          value={fields.place ?? ''}
          onChange={(event) => change({ place: orNull(event.currentTarget.value) })}
        />
      </Group>
      <Participants value={fields.participants} onChange={(participants) => change({ participants })} />
      <Textarea
        label={t('documents:field.facts')}
        autosize
        minRows={2}
        value={fields.facts ?? ''}
        onChange={(event) => change({ facts: orNull(event.currentTarget.value) })}
      />
      <Textarea
        label={t('documents:field.discussion')}
        autosize
        minRows={5}
        value={fields.discussion ?? ''}
        onChange={(event) => change({ discussion: orNull(event.currentTarget.value) })}
      />
      <Textarea
        label={t('documents:field.confirmedSummary')}
        description={t('documents:field.confirmedSummaryWhy')}
        autosize
        minRows={2}
        value={fields.confirmedSummary ?? ''}
        onChange={(event) => change({ confirmedSummary: orNull(event.currentTarget.value) })}
      />
      <section>
        <div className={classes.listHead}>
          <h3>{t('documents:field.needs')}</h3>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() =>
              change({
                needs: [...fields.needs, { text: '', category: 'other', amountMinor: null, currency: 'CNY' }],
              })
            }
          >
            {t('common:action.add')}
          </Button>
        </div>
        {fields.needs.map((need, index) => {
          const set = (patch: Partial<typeof need>) =>
            change({ needs: fields.needs.map((one, at) => (at === index ? { ...one, ...patch } : one)) });
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
            <Group key={index} gap={8} wrap="nowrap" mb={6}>
              <Select
                aria-label={t('documents:field.category')}
                w={130}
                data={NEED_CATEGORIES.map((value) => ({ value, label: t(`vocabulary:need.${value}`) }))}
                value={need.category}
                allowDeselect={false}
                onChange={(category) => set({ category: category as typeof need.category })}
              />
              <TextInput
                aria-label={t('documents:field.needs')}
                style={{ flex: 1 }}
                placeholder={t('needHint')}
                value={need.text}
                onChange={(event) => set({ text: event.currentTarget.value })}
              />
              <NumberInput
                aria-label={t('documents:field.amount')}
                w={140}
                placeholder={t('documents:field.amount')}
                thousandSeparator
                decimalScale={2}
                value={need.amountMinor === null ? '' : need.amountMinor / 100}
                onChange={(value) =>
                  set({ amountMinor: value === '' ? null : Math.round(Number(value) * 100) })
                }
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('common:action.remove')}
                onClick={() => change({ needs: fields.needs.filter((_, at) => at !== index) })}
              >
                <IconX size={14} />
              </ActionIcon>
            </Group>
          );
        })}
      </section>
      <section>
        <div className={classes.listHead}>
          <h3>{t('documents:field.nextSteps')}</h3>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => change({ nextSteps: [...fields.nextSteps, { text: '', who: 'me', dueOn: null }] })}
          >
            {t('common:action.add')}
          </Button>
        </div>
        {fields.nextSteps.map((step, index) => {
          const set = (patch: Partial<typeof step>) =>
            change({
              nextSteps: fields.nextSteps.map((one, at) => (at === index ? { ...one, ...patch } : one)),
            });
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
            <Group key={index} gap={8} wrap="nowrap" mb={6} align="flex-end">
              <Select
                aria-label={t('documents:field.who')}
                w={100}
                data={(['me', 'customer'] as const).map((value) => ({
                  value,
                  label: t(`vocabulary:promiseMaker.${value}`),
                }))}
                value={step.who}
                allowDeselect={false}
                onChange={(who) => set({ who: who as typeof step.who })}
              />
              <TextInput
                aria-label={t('documents:field.nextSteps')}
                style={{ flex: 1 }}
                value={step.text}
                onChange={(event) => set({ text: event.currentTarget.value })}
              />
              <DateField label="" value={step.dueOn} onChange={(dueOn) => set({ dueOn })} />
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('common:action.remove')}
                onClick={() => change({ nextSteps: fields.nextSteps.filter((_, at) => at !== index) })}
              >
                <IconX size={14} />
              </ActionIcon>
            </Group>
          );
        })}
      </section>
      <TextInput
        label={t('documents:field.nextHook')}
        description={t('documents:field.nextHookWhy')}
        value={fields.nextHook ?? ''}
        onChange={(event) => change({ nextHook: orNull(event.currentTarget.value) })}
      />
      {report.promises.length > 0 && (
        <section>
          <h3>{t('documents:field.promises')}</h3>
          <ul className={classes.promises}>
            {report.promises.map((promise) => (
              <li key={promise.id}>{promise.text}</li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
};
