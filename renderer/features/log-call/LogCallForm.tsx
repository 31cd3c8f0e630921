import { Anchor, Button, Group, SegmentedControl, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { getHotkeyHandler } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { INTERACTION_KINDS, OUTCOMES, PURPOSES } from '#shared/domain/vocabulary.ts';
import { useDraft } from '../../app/drafts.ts';
import { notifyDone, notifyError } from '../../app/notify.tsx';
import { useBookCommand, useBookQuery } from '../../app/queries.ts';
import type { LogCallStart } from '../../app/ui-state.ts';
import { Chips } from '../../ui/Chips.tsx';
import { CustomerPicker } from '../../ui/CustomerPicker.tsx';
import { DateField } from '../../ui/DateField.tsx';
import { emptyDraft, toCommand } from './draft.ts';

interface Props {
  start: LogCallStart;
  onClose(): void;
}

/** Five fields in the order of thought: who, why, result, note, next. Ctrl+Enter saves. */
export const LogCallForm = ({ start, onClose }: Props) => {
  const { t } = useTranslation('logCall');
  const draftKey = `logCall:${start.customerId ?? 'new'}`;
  const { value: draft, change, drop, savedAt } = useDraft(draftKey, emptyDraft(start));
  const log = useBookCommand('interaction.log');
  const [missing, setMissing] = useState(false);
  const [withPromise, setWithPromise] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const customer = useBookQuery(
    'customer.rows',
    { ids: draft?.customerId ? [draft.customerId] : [] },
    { enabled: Boolean(draft?.customerId) },
  );
  const row = customer.data?.rows[0];
  const ready = draft !== null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the cursor is placed once, when the form appears
  useEffect(() => {
    if (ready)
      form.current
        ?.querySelector<HTMLElement>(start.customerId ? '[role="radio"][tabindex="0"]' : 'input')
        ?.focus();
  }, [ready]);
  if (!draft) return null;

  const save = async (): Promise<void> => {
    if (!draft.customerId) {
      setMissing(true);
      form.current?.querySelector('input')?.focus();
      return;
    }
    try {
      const receipt = await log.mutateAsync(toCommand(draft, draft.customerId, start, draftKey));
      await drop();
      onClose();
      notifyDone(t('saved', { name: row?.name ?? '' }), receipt.commandId);
    } catch (error) {
      notifyError(error);
    }
  };
  const focusAfter = (selector: string) => () => form.current?.querySelector<HTMLElement>(selector)?.focus();
  const choices = <V extends string>(list: readonly V[], words: string) =>
    list.map((value) => ({ value, label: t(`vocabulary:${words}.${value}` as string) }));

  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={getHotkeyHandler([['mod+Enter', () => void save()]])}
      data-testid="log-call"
    >
      <Stack gap={14}>
        <Text size="xs" c="dimmed" role="status">
          {savedAt ? t('common:draftSaved') : t('keys')}
        </Text>
        <CustomerPicker
          label={t('who')}
          placeholder={t('whoHint')}
          value={draft.customerId}
          onChange={(customerId) => {
            setMissing(false);
            change({ customerId });
          }}
          error={missing && t('validation:required')}
          description={row?.doNotCall ? t('doNotCall') : (row?.phone ?? undefined)}
        />
        <SegmentedControl
          size="xs"
          aria-label={t('kind')}
          value={draft.kind}
          onChange={(kind) => change({ kind: kind as typeof draft.kind })}
          data={choices(INTERACTION_KINDS, 'interaction')}
        />
        <div data-field="purpose">
          <Chips
            label={t('why')}
            choices={choices(PURPOSES, 'purpose')}
            value={draft.purpose}
            onChange={(purpose) => change({ purpose })}
            onChosen={focusAfter('[data-field="outcome"] [tabindex="0"]')}
          />
        </div>
        <div data-field="outcome">
          <Chips
            label={t('result')}
            choices={choices(OUTCOMES, 'outcome')}
            value={draft.outcome}
            onChange={(outcome) => change({ outcome })}
            onChosen={focusAfter('textarea')}
          />
        </div>
        <Textarea
          label={t('note')}
          placeholder={t('noteHint')}
          autosize
          minRows={3}
          maxRows={10}
          value={draft.summary}
          onChange={(event) => change({ summary: event.currentTarget.value })}
        />
        <TextInput
          label={t('next')}
          placeholder={t('nextHint')}
          value={draft.nextText}
          onChange={(event) => change({ nextText: event.currentTarget.value })}
        />
        {draft.nextText && (
          <DateField
            label={t('nextDue')}
            value={draft.nextDueOn}
            onChange={(nextDueOn) => change({ nextDueOn })}
            quick
          />
        )}
        <TextInput
          label={t('hook')}
          placeholder={t('hookHint')}
          value={draft.hook}
          onChange={(event) => change({ hook: event.currentTarget.value })}
        />
        {withPromise || draft.promiseText ? (
          <>
            <TextInput
              label={t('promise')}
              placeholder={t('promiseHint')}
              autoFocus={withPromise}
              value={draft.promiseText}
              onChange={(event) => change({ promiseText: event.currentTarget.value })}
            />
            <DateField
              label={t('promiseDue')}
              value={draft.promiseDueOn}
              onChange={(promiseDueOn) => change({ promiseDueOn })}
              quick
            />
          </>
        ) : (
          <Anchor
            component="button"
            type="button"
            size="sm"
            w="fit-content"
            onClick={() => setWithPromise(true)}
          >
            {t('addPromise')}
          </Anchor>
        )}
        <Group justify="space-between" mt="xs">
          <Button type="submit" loading={log.isPending} rightSection={<kbd>Ctrl ↵</kbd>}>
            {t('common:action.save')}
          </Button>
          <Button
            variant="subtle"
            color="gray"
            onClick={() => {
              void drop();
              onClose();
            }}
          >
            {t('discard')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
