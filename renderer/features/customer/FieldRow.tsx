import { Button, Group, UnstyledButton } from '@mantine/core';
import { getHotkeyHandler } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AppError, fieldIssuesOf } from '#shared/contracts/errors.ts';
import { type Customer, customer as customerEntity } from '#shared/domain/entities/index.ts';
import { notifyDone, notifyError } from '../../app/notify.tsx';
import { useBookCommand } from '../../app/queries.ts';
import { ruleWords } from '../../app/rule-words.ts';
import signs from '../history/MarkSign.module.css';
import { RecordMark } from '../history/MarkSign.tsx';
import { recordProps } from '../history/record-props.ts';
import { FieldInput } from './FieldInput.tsx';
import { fieldWords } from './field-words.ts';
import classes from './Profile.module.css';
import type { ProfileField } from './profile-fields.ts';

interface Props {
  customer: Customer;
  field: ProfileField;
  tagNames: ReadonlyMap<string, string>;
}

/** One fact of the profile: Enter edits it in place, Enter saves, Esc leaves it as it was. */
export const FieldRow = ({ customer, field, tagNames }: Props) => {
  const { t } = useTranslation('customer');
  const [draft, setDraft] = useState<{ value: unknown } | null>(null);
  const [error, setError] = useState<string>();
  const update = useBookCommand('customer.update');
  const value = customer[field.name];
  const label = t(`fields:customer.${field.name}`);
  const words = fieldWords(t, field.editor, value, tagNames);

  const save = async (): Promise<void> => {
    if (!draft) return;
    const parsed = customerEntity.schema.shape[field.name].safeParse(draft.value);
    const [issue] = parsed.success ? [] : fieldIssuesOf(parsed.error);
    if (!parsed.success) {
      setError(ruleWords(t, issue));
      return;
    }
    try {
      const receipt = await update.mutateAsync({ id: customer.id, fields: { [field.name]: parsed.data } });
      setDraft(null);
      setError(undefined);
      notifyDone(t('changed', { field: label }), receipt.commandId);
    } catch (problem) {
      if (problem instanceof AppError && problem.fields[0]) setError(ruleWords(t, problem.fields[0]));
      else notifyError(problem);
    }
  };
  const cancel = (): void => {
    setDraft(null);
    setError(undefined);
  };

  if (!draft) {
    return (
      <div
        className={signs.fieldRow}
        data-field={field.name}
        {...recordProps('customer', customer.id, customer.name)}
      >
        <UnstyledButton
          className={classes.row}
          onClick={() => setDraft({ value })}
          aria-label={`${label}: ${words || t('common:unknown')}`}
        >
          <span className={classes.label}>{label}</span>
          <span className={words ? classes.value : classes.unknown}>{words || t('common:unknown')}</span>
        </UnstyledButton>
        <RecordMark id={customer.id} field={field.name} />
      </div>
    );
  }
  const enterSaves =
    field.editor.kind !== 'longText' &&
    field.editor.kind !== 'phones' &&
    field.editor.kind !== 'emails' &&
    field.editor.kind !== 'tags';
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter and Esc of the editor inside
    <div
      className={classes.editing}
      data-field={field.name}
      {...recordProps('customer', customer.id, customer.name)}
      onKeyDown={getHotkeyHandler([
        ['mod+Enter', () => void save()],
        ['Escape', cancel],
        ...(enterSaves ? ([['Enter', () => void save()]] as [string, () => void][]) : []),
      ])}
    >
      <span className={classes.label}>{label}</span>
      <div className={classes.editor}>
        <FieldInput
          label={label}
          editor={field.editor}
          value={draft.value}
          onChange={(next) => setDraft({ value: next })}
          error={error}
        />
        <Group gap={4} mt={6}>
          <Button size="compact-sm" loading={update.isPending} onClick={() => void save()}>
            {t('common:action.save')}
          </Button>
          <Button size="compact-sm" variant="subtle" color="gray" onClick={cancel}>
            {t('common:action.cancel')}
          </Button>
        </Group>
      </div>
    </div>
  );
};
