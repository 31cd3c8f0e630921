import { Button, Checkbox, Group, Select, Stepper, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Member } from '#shared/sync/team.ts';
import { formatInteger } from '../../app/format.ts';
import { notifyError, say } from '../../app/notify.tsx';
import { useBookCommand, useBookQuery } from '../../app/queries.ts';
import { Carried } from './Carried.tsx';
import classes from './Team.module.css';

interface Props {
  members: readonly Member[];
  onClose(): void;
}

const optionOf = ({ id, name, customers }: Member) => ({
  value: id,
  label: `${name} · ${formatInteger(customers)}`,
});

/** Hands customers of one manager to another (S3-02): whose, which, to whom, and what goes with them. */
export const Wizard = ({ members, onClose }: Props) => {
  const { t } = useTranslation('team');
  const [step, setStep] = useState(0);
  const [fromId, setFrom] = useState<string | null>(null);
  const [toId, setTo] = useState<string | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [filter, setFilter] = useState('');
  const [note, setNote] = useState('');
  const create = useBookCommand('team.createHandover');
  const managers = members.filter(({ active, role }) => active && (role === 'manager' || role === 'leader'));
  const owned = useBookQuery('team.customersOf', { userId: fromId ?? '' }, { enabled: fromId !== null });
  const customers = owned.data?.customers ?? [];
  const shown = customers.filter(({ name }) => name.includes(filter.trim()));
  const preview = useBookQuery(
    'team.handoverPreview',
    { customerIds: [...chosen] },
    { enabled: step === 2 && chosen.size > 0 },
  );
  const toggle = (ids: readonly string[], on: boolean): void => {
    const next = new Set(chosen);
    for (const id of ids) {
      if (on) next.add(id);
      else next.delete(id);
    }
    setChosen(next);
  };
  const send = async (): Promise<void> => {
    if (!fromId || !toId) return;
    try {
      await create.mutateAsync({ fromId, toId, customerIds: [...chosen], note });
      say({ message: t('wizard.sent') });
      onClose();
    } catch (error) {
      notifyError(error);
    }
  };
  const isReady = [fromId !== null && chosen.size > 0, toId !== null && toId !== fromId, true][step];
  return (
    <section className={classes.wizard} aria-label={t('wizard.title')} data-testid="handover-wizard">
      <h2>{t('wizard.title')}</h2>
      <Stepper active={step} size="xs" onStepClick={(next) => next < step && setStep(next)} iconSize={24}>
        <Stepper.Step label={t('wizard.which')}>
          <Select
            label={t('wizard.from')}
            data={managers.filter((one) => one.customers > 0).map(optionOf)}
            value={fromId}
            onChange={(next) => {
              setFrom(next);
              setChosen(new Set());
            }}
            searchable
            maw={360}
            mt="sm"
          />
          {fromId && customers.length > 0 && (
            <>
              <TextInput
                mt="sm"
                maw={360}
                label={t('wizard.filter')}
                value={filter}
                onChange={(event) => setFilter(event.currentTarget.value)}
              />
              <fieldset className={classes.pick} aria-label={t('wizard.which')}>
                <Checkbox
                  label={t('wizard.all', { count: shown.length })}
                  checked={shown.length > 0 && shown.every(({ id }) => chosen.has(id))}
                  onChange={(event) =>
                    toggle(
                      shown.map(({ id }) => id),
                      event.currentTarget.checked,
                    )
                  }
                  mb={8}
                />
                {shown.map(({ id, name }) => (
                  <Checkbox
                    key={id}
                    size="sm"
                    mb={6}
                    label={name}
                    checked={chosen.has(id)}
                    onChange={(event) => toggle([id], event.currentTarget.checked)}
                  />
                ))}
              </fieldset>
            </>
          )}
          {fromId && owned.data && customers.length === 0 && (
            <p className="muted">{t('wizard.noCustomers')}</p>
          )}
        </Stepper.Step>
        <Stepper.Step label={t('wizard.whom')}>
          <Select
            label={t('wizard.to')}
            description={t('wizard.toHint')}
            data={managers.filter(({ id }) => id !== fromId).map(optionOf)}
            value={toId}
            onChange={setTo}
            searchable
            maw={360}
            mt="sm"
          />
          <Textarea
            label={t('wizard.note')}
            description={t('wizard.noteHint')}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            autosize
            minRows={2}
            mt="sm"
          />
        </Stepper.Step>
        <Stepper.Step label={t('wizard.review')}>
          <p className={classes.meta}>{t('wizard.reviewText', { count: chosen.size })}</p>
          <Carried items={preview.data?.items ?? []} />
        </Stepper.Step>
      </Stepper>
      <Group mt="md">
        {step < 2 ? (
          <Button disabled={!isReady} onClick={() => setStep(step + 1)}>
            {t('common:action.next')}
          </Button>
        ) : (
          <Button loading={create.isPending} onClick={() => void send()}>
            {t('wizard.send')}
          </Button>
        )}
        {step > 0 && (
          <Button variant="default" onClick={() => setStep(step - 1)}>
            {t('common:action.back')}
          </Button>
        )}
        <Button variant="subtle" color="gray" onClick={onClose}>
          {t('common:action.cancel')}
        </Button>
      </Group>
    </section>
  );
};
