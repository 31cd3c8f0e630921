import { MultiSelect, Select, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Input } from '#shared/contracts/registry.ts';
import type { VisitRow } from '#shared/contracts/work.ts';
import { PURPOSES, VISIT_MODES } from '#shared/domain/vocabulary.ts';
import { notifyError } from '../../app/notify.tsx';
import { useBookCommand, useBookQuery } from '../../app/queries.ts';
import { WhenField } from '../../ui/WhenField.tsx';
import { CheckList } from './CheckList.tsx';
import { Participants } from './Participants.tsx';
import classes from './Visits.module.css';

/** S4-12: what a manager carries and brings along. */
const KIT = ['item1', 'item2', 'item3', 'item4', 'item5', 'item6', 'item7'] as const;
type Patch = Input<'visit.update'>['fields'];

/** Plan, agenda and preparation (S4-12), saved as soon as a field is left. */
export const PlanTab = ({ visit }: { visit: VisitRow }) => {
  const { t } = useTranslation('visits');
  const update = useBookCommand('visit.update');
  const page = useBookQuery('customer.get', { id: visit.customerId });
  const [title, setTitle] = useState(visit.title ?? '');
  const [aim, setAim] = useState(visit.aim ?? '');
  const [place, setPlace] = useState(visit.place ?? '');
  const save = (fields: Patch): void => void update.mutateAsync({ id: visit.id, fields }).catch(notifyError);
  const onLeave = (field: 'title' | 'aim' | 'place', text: string): void => {
    if (text.trim() !== (visit[field] ?? '')) save({ [field]: text.trim() || null });
  };
  const words = (list: string, values: readonly string[]) =>
    values.map((value) => ({ value, label: t(`vocabulary:${list}.${value}` as string) }));
  const contacts = page.data?.contacts ?? [];
  return (
    <div className={classes.grid}>
      <WhenField
        startsAt={visit.startsAt}
        endsAt={visit.endsAt}
        onChange={(startsAt, endsAt) => save({ startsAt, endsAt })}
      />
      <Select
        label={t('field.mode')}
        data={words('visitMode', VISIT_MODES)}
        value={visit.mode}
        allowDeselect={false}
        onChange={(mode) => save({ mode: mode as VisitRow['mode'] })}
      />
      <Select
        label={t('field.purpose')}
        clearable
        data={words('purpose', PURPOSES)}
        value={visit.purpose}
        onChange={(purpose) => save({ purpose: purpose as VisitRow['purpose'] })}
      />
      <TextInput
        label={t('field.place')}
        value={place}
        onChange={(event) => setPlace(event.currentTarget.value)}
        onBlur={() => onLeave('place', place)}
      />
      <TextInput
        className={classes.wide}
        label={t('field.title')}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        onBlur={() => onLeave('title', title)}
      />
      <Textarea
        className={classes.wide}
        label={t('field.aim')}
        description={t('field.aimWhy')}
        placeholder={t('field.aimHint')}
        autosize
        minRows={2}
        value={aim}
        onChange={(event) => setAim(event.currentTarget.value)}
        onBlur={() => onLeave('aim', aim)}
      />
      {contacts.length > 0 && (
        <MultiSelect
          className={classes.wide}
          label={t('field.contacts')}
          data={contacts.map((contact) => ({
            value: contact.id,
            label: [contact.name, contact.jobTitle].filter(Boolean).join(' · '),
          }))}
          value={visit.companyContactIds}
          onChange={(companyContactIds) => save({ companyContactIds })}
        />
      )}
      <Participants
        className={classes.wide}
        value={visit.participants}
        onChange={(participants) => save({ participants })}
      />
      <CheckList
        label={t('field.agenda')}
        hint={t('field.agendaHint')}
        items={visit.agenda}
        onChange={(agenda) => save({ agenda })}
      />
      <CheckList
        label={t('field.preparation')}
        hint={t('field.preparationHint')}
        items={visit.preparation}
        suggestions={KIT.map((item) => t(`kit.${item}`))}
        onChange={(preparation) => save({ preparation })}
      />
    </div>
  );
};
