import { Button, Group, Stack } from '@mantine/core';
import { getHotkeyHandler } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AppError } from '#shared/contracts/errors.ts';
import type { FieldChange, RefusedItem } from '#shared/contracts/sync.ts';
import { type FieldKind, fieldKind } from '#shared/presentation/field-kinds.ts';
import { useDraft } from '../../app/drafts.ts';
import type { FieldWords } from '../../app/field-words.ts';
import { notifyDone, notifyError } from '../../app/notify.tsx';
import { useBookCommand } from '../../app/queries.ts';
import { ruleWords } from '../../app/rule-words.ts';
import { FieldInput } from '../customer/FieldInput.tsx';
import classes from './Sync.module.css';

/** Kinds that have an input of one value. What is made of parts is edited on its own page. */
const EDITABLE: readonly FieldKind['kind'][] = [
  'text',
  'longText',
  'date',
  'number',
  'money',
  'flag',
  'time',
  'phones',
  'emails',
  'weekdays',
  'tags',
  'choice',
  'choices',
];

/** Fields of a refused change that can be edited here. */
export const editableFields = ({
  entity,
  op,
  fields,
}: RefusedItem): { change: FieldChange; kind: FieldKind }[] =>
  op === 'create' || op === 'update'
    ? fields.flatMap((change) => {
        const kind = fieldKind(entity, change.field);
        return kind && EDITABLE.includes(kind.kind) ? [{ change, kind }] : [];
      })
    : [];

const NOTHING: Record<string, unknown> = {};

interface Props {
  item: RefusedItem;
  words: FieldWords;
  onClose(): void;
}

/** Corrects the values of a refused change and types it again. What is typed here survives leaving the page. */
export const RetryForm = ({ item, words, onClose }: Props) => {
  const { t } = useTranslation('sync');
  const fields = editableFields(item);
  const { value: typed, change, drop } = useDraft<Record<string, unknown>>(`refused.${item.id}`, NOTHING);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const retry = useBookCommand('sync.retryRefused');
  const cancel = (): void => {
    void drop().catch(notifyError);
    onClose();
  };
  const save = async (): Promise<void> => {
    if (!typed) return;
    try {
      const { commandId } = await retry.mutateAsync({ id: item.id, fields: typed });
      notifyDone(t('refused.retried'), commandId);
      await drop();
    } catch (error) {
      const issues = error instanceof AppError ? error.fields : [];
      const mine = issues.filter(({ path }) => fields.some(({ change }) => change.field === path));
      if (mine.length === 0) notifyError(error);
      setErrors(Object.fromEntries(mine.map((issue) => [issue.path, ruleWords(t, issue)])));
    }
  };
  if (!typed) return null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Ctrl+Enter and Esc of the inputs inside
    <div
      className={classes.form}
      data-testid="retry-form"
      onKeyDown={getHotkeyHandler([
        ['mod+Enter', () => void save()],
        ['Escape', cancel],
      ])}
    >
      <Stack gap="xs">
        {fields.map(({ change: { field, mine }, kind }) => {
          const label = words.name(item.entity, field);
          return (
            <div key={field} className={classes.input}>
              <span className={classes.field} data-marked={field === item.field || undefined} aria-hidden>
                {label}
              </span>
              <FieldInput
                label={label}
                editor={kind}
                value={field in typed ? typed[field] : mine}
                onChange={(value) => change({ [field]: value })}
                error={errors[field]}
              />
            </div>
          );
        })}
      </Stack>
      <Group gap={8} mt="sm">
        <Button size="compact-sm" loading={retry.isPending} onClick={() => void save()}>
          {t('refused.save')}
        </Button>
        <Button size="compact-sm" variant="subtle" color="gray" onClick={cancel}>
          {t('common:action.cancel')}
        </Button>
      </Group>
    </div>
  );
};
