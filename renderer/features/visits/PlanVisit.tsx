import { Button, Group, Modal, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { getHotkeyHandler } from '@mantine/hooks';
import { addHours, addMinutes, startOfHour } from 'date-fns';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { v7 as uuid } from 'uuid';
import { PURPOSES, VISIT_MODES } from '#shared/domain/vocabulary.ts';
import { localZone } from '../../app/format.ts';
import { notifyDone, notifyError } from '../../app/notify.tsx';
import { useBookCommand, useBookQuery } from '../../app/queries.ts';
import { useUi } from '../../app/ui-state.ts';
import { CustomerPicker } from '../../ui/CustomerPicker.tsx';
import { WhenField } from '../../ui/WhenField.tsx';

const DEFAULT_MINUTES = 60;

/** Plans a visit from anywhere (Ctrl+Shift+V). */
export const PlanVisit = () => {
  const { t } = useTranslation('visits');
  const start = useUi((ui) => ui.planVisit);
  const set = useUi((ui) => ui.set);
  const close = () => set({ planVisit: null });
  return (
    <Modal
      opened={start !== null}
      onClose={close}
      title={t('plan.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common:action.close') }}
    >
      {start && <PlanVisitForm start={start} onClose={close} />}
    </Modal>
  );
};

const PlanVisitForm = ({
  start,
  onClose,
}: {
  start: { customerId?: string; startsAt?: string };
  onClose(): void;
}) => {
  const { t } = useTranslation('visits');
  const navigate = useNavigate();
  const create = useBookCommand('visit.create');
  const [customerId, setCustomerId] = useState<string | null>(start.customerId ?? null);
  const [when, setWhen] = useState(() => {
    const first = start.startsAt ? new Date(start.startsAt) : addHours(startOfHour(new Date()), 1);
    return { startsAt: first.toISOString(), endsAt: addMinutes(first, DEFAULT_MINUTES).toISOString() };
  });
  const [mode, setMode] = useState<string>('onSite');
  const [purpose, setPurpose] = useState<string | null>(null);
  const [aim, setAim] = useState('');
  const [place, setPlace] = useState<string | null>(null);
  const [missing, setMissing] = useState(false);
  const customer = useBookQuery('customer.get', { id: customerId ?? '' }, { enabled: customerId !== null });
  const knownPlace = customer.data?.customer.address ?? '';
  const words = (list: string, values: readonly string[]) =>
    values.map((value) => ({ value, label: t(`vocabulary:${list}.${value}` as string) }));

  const save = async (): Promise<void> => {
    if (!customerId) {
      setMissing(true);
      return;
    }
    const id = uuid();
    try {
      const { commandId } = await create.mutateAsync({
        id,
        fields: {
          customerId,
          ...when,
          zone: localZone(),
          mode: mode as (typeof VISIT_MODES)[number],
          purpose: purpose as (typeof PURPOSES)[number] | null,
          aim: aim.trim() || null,
          place: (place ?? knownPlace).trim() || null,
        },
      });
      onClose();
      void navigate(`/visits/${id}`);
      notifyDone(t('plan.saved'), commandId);
    } catch (error) {
      notifyError(error);
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={getHotkeyHandler([['mod+Enter', () => void save()]])}
      data-testid="plan-visit"
    >
      <Stack gap="sm">
        <CustomerPicker
          label={t('logCall:who')}
          data-autofocus={customerId === null || undefined}
          value={customerId}
          onChange={(id) => {
            setMissing(false);
            setCustomerId(id);
          }}
          error={missing && t('validation:required')}
        />
        <WhenField {...when} onChange={(startsAt, endsAt) => setWhen({ startsAt, endsAt })} />
        <Group grow>
          <Select
            label={t('field.mode')}
            data={words('visitMode', VISIT_MODES)}
            value={mode}
            onChange={(value) => setMode(value ?? 'onSite')}
            allowDeselect={false}
          />
          <Select
            label={t('field.purpose')}
            clearable
            data={words('purpose', PURPOSES)}
            value={purpose}
            onChange={setPurpose}
          />
        </Group>
        <Textarea
          label={t('field.aim')}
          placeholder={t('field.aimHint')}
          autosize
          minRows={2}
          value={aim}
          data-autofocus={customerId !== null || undefined}
          onChange={(event) => setAim(event.currentTarget.value)}
        />
        <TextInput
          label={t('field.place')}
          value={place ?? knownPlace}
          onChange={(event) => setPlace(event.currentTarget.value)}
        />
        <Group mt="xs">
          <Button type="submit" loading={create.isPending} rightSection={<kbd>Ctrl ↵</kbd>}>
            {t('plan.save')}
          </Button>
          <Button variant="subtle" color="gray" onClick={onClose}>
            {t('common:action.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
};
