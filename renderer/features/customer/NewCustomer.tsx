import { Button, Group, Modal, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { getHotkeyHandler, useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { v7 as uuid } from 'uuid';
import { AppError } from '#shared/contracts/errors.ts';
import { CUSTOMER_CLASSES } from '#shared/domain/vocabulary.ts';
import { notifyDone, notifyError } from '../../app/notify.tsx';
import { useBookCommand, useBookQuery } from '../../app/queries.ts';
import { ruleWords } from '../../app/rule-words.ts';
import { useUi } from '../../app/ui-state.ts';
import classes from './NewCustomer.module.css';

interface Form {
  name: string;
  phone: string;
  idTail: string;
  employer: string;
  class: string | null;
}

/** A new person or company with the few facts one has at first; duplicates show while typing (Ctrl+Shift+N). */
export const NewCustomer = () => {
  const { t } = useTranslation('customer');
  const start = useUi((ui) => ui.newCustomer);
  const set = useUi((ui) => ui.set);
  const close = () => set({ newCustomer: null });
  return (
    <Modal
      opened={start !== null}
      onClose={close}
      title={t('new.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common:action.close') }}
    >
      {start && <NewCustomerForm name={start.name ?? ''} onClose={close} />}
    </Modal>
  );
};

const NewCustomerForm = ({ name, onClose }: { name: string; onClose(): void }) => {
  const { t } = useTranslation('customer');
  const navigate = useNavigate();
  const [kind, setKind] = useState<'person' | 'company'>('person');
  const create = useBookCommand('customer.create');
  const { register, handleSubmit, watch, setValue, setError, formState } = useForm<Form>({
    defaultValues: { name, phone: '', idTail: '', employer: '', class: null },
  });
  const typed = watch();
  const [asked] = useDebouncedValue(
    { kind, name: typed.name, phone: typed.phone, idTail: typed.idTail, employer: typed.employer },
    120,
  );
  const duplicates = useBookQuery(
    'customer.duplicates',
    {
      kind: asked.kind,
      name: asked.name,
      phones: asked.phone ? [asked.phone] : [],
      idTail: asked.idTail,
      employer: asked.employer,
    },
    { enabled: asked.name.trim().length > 1 || asked.phone.length > 5, keepPrevious: true },
  );
  const found =
    asked.name.trim().length > 1 || asked.phone.length > 5 ? (duplicates.data?.duplicates ?? []) : [];
  const submit = handleSubmit(async (form) => {
    const id = uuid();
    try {
      const { commandId } = await create.mutateAsync({
        id,
        fields: {
          kind,
          name: form.name,
          phones: form.phone ? [{ label: '', number: form.phone }] : [],
          idTail: form.idTail || null,
          class: form.class as (typeof CUSTOMER_CLASSES)[number] | null,
          ...(kind === 'person' ? { employer: form.employer || null } : { industry: form.employer || null }),
        },
      });
      onClose();
      void navigate(`/customers/${id}?tab=profile`);
      notifyDone(t('new.created', { name: form.name }), commandId);
    } catch (error) {
      const field = error instanceof AppError ? error.fields[0] : undefined;
      if (field?.path.startsWith('fields.name')) setError('name', { message: ruleWords(t, field) });
      else notifyError(error);
    }
  });
  const required = { validate: (value: string) => value.trim() !== '' || t('validation:required') };
  return (
    <form
      onSubmit={submit}
      onKeyDown={getHotkeyHandler([['mod+Enter', () => void submit()]])}
      noValidate
      data-testid="new-customer"
    >
      <Stack gap="sm">
        <SegmentedControl
          w="fit-content"
          value={kind}
          onChange={(next) => setKind(next as typeof kind)}
          data={[
            { value: 'person', label: t('vocabulary:customerKind.person') },
            { value: 'company', label: t('vocabulary:customerKind.company') },
          ]}
        />
        <TextInput
          label={t('fields:customer.name')}
          data-autofocus
          required
          error={formState.errors.name?.message}
          {...register('name', required)}
        />
        <Group grow align="flex-start">
          <TextInput label={t('fields:customer.phones')} {...register('phone')} />
          <TextInput label={t('fields:customer.idTail')} {...register('idTail', { maxLength: 8 })} />
        </Group>
        <Group grow align="flex-start">
          <TextInput
            label={t(kind === 'person' ? 'fields:customer.employer' : 'fields:customer.industry')}
            {...register('employer')}
          />
          <Select
            label={t('fields:customer.class')}
            clearable
            data={[...CUSTOMER_CLASSES]}
            value={typed.class}
            onChange={(value) => setValue('class', value)}
          />
        </Group>
        {found.length > 0 && (
          <div className={classes.duplicates} role="status">
            <Text size="sm" fw={600}>
              {t('new.duplicates', { count: found.length })}
            </Text>
            {found.slice(0, 5).map((row) => (
              <div key={row.id}>
                <Link to={`/customers/${row.id}`} onClick={onClose}>
                  {row.name}
                </Link>{' '}
                <span className="muted">
                  {t('new.because', {
                    what: row.because
                      .map((reason) => t(`new.reason.${reason}`))
                      .join(t('fields:value.separator')),
                  })}{' '}
                  {row.detail}
                </span>
              </div>
            ))}
          </div>
        )}
        <Group mt="xs">
          <Button type="submit" loading={create.isPending} rightSection={<kbd>Ctrl ↵</kbd>}>
            {t('new.create')}
          </Button>
          <Button variant="subtle" color="gray" onClick={onClose}>
            {t('common:action.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
