import { ActionIcon, Button, Group, Select, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { v7 as uuid } from 'uuid';
import type { CustomerPage } from '#shared/contracts/customers.ts';
import { ATTITUDES, CONTACT_ROLES, RELATION_KINDS } from '#shared/domain/vocabulary.ts';
import { call } from '../../app/data-client.ts';
import { notifyDone, notifyError } from '../../app/notify.tsx';
import { CustomerPicker } from '../../ui/CustomerPicker.tsx';
import { HistoryButton } from '../history/HistoryButton.tsx';
import { RecordMark } from '../history/MarkSign.tsx';
import { recordProps } from '../history/record-props.ts';
import classes from './Section.module.css';

const run = async (work: Promise<{ commandId: string }>, words: string): Promise<boolean> => {
  try {
    notifyDone(words, (await work).commandId);
    return true;
  } catch (error) {
    notifyError(error);
    return false;
  }
};

/** 关系: people inside the company with role and influence (S1-08), and ties to other customers. */
export const RelationsTab = ({ page }: { page: CustomerPage }) => (
  <>
    {page.customer.kind === 'company' && <Contacts page={page} />}
    <Relations page={page} />
  </>
);

const Head = ({
  title,
  adding,
  onAdd,
  children,
}: {
  title: string;
  adding: boolean;
  onAdd(): void;
  children?: ReactNode;
}) => {
  const { t } = useTranslation();
  return (
    <>
      <h3>
        {title}
        {!adding && (
          <Button size="compact-sm" variant="default" onClick={onAdd}>
            {t('action.add')}
          </Button>
        )}
      </h3>
      {children}
    </>
  );
};

const Contacts = ({ page }: { page: CustomerPage }) => {
  const { t } = useTranslation('customer');
  const [adding, setAdding] = useState(false);
  return (
    <section className={classes.section}>
      <Head title={t('contacts.title')} adding={adding} onAdd={() => setAdding(true)} />
      {adding && <ContactForm customerId={page.customer.id} onDone={() => setAdding(false)} />}
      {page.contacts.length === 0 && !adding && <p className="muted">{t('contacts.none')}</p>}
      {page.contacts.map((contact) => (
        <div
          key={contact.id}
          className={classes.item}
          {...recordProps('companyContact', contact.id, contact.name)}
        >
          <span className={classes.grow}>
            <strong className={contact.leftOn ? classes.done : ''}>{contact.name}</strong>{' '}
            <span className="muted">
              {[
                contact.jobTitle,
                contact.role && t(`vocabulary:contactRole.${contact.role}`),
                contact.attitude && t(`vocabulary:attitude.${contact.attitude}`),
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </span>
          <RecordMark id={contact.id} />
          <span className={`${classes.side} tnum selectable`}>{contact.phones[0]?.number}</span>
          {contact.influence !== null && (
            <span className={classes.side}>{t('contacts.influence', { value: contact.influence })}</span>
          )}
          <HistoryButton entity="companyContact" id={contact.id} label={contact.name} size={22} />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={t('contacts.remove', { name: contact.name })}
            onClick={() =>
              void run(
                call('companyContact.remove', { ids: [contact.id] }),
                t('contacts.removed', { name: contact.name }),
              )
            }
          >
            <IconX size={14} />
          </ActionIcon>
        </div>
      ))}
    </section>
  );
};

const ContactForm = ({ customerId, onDone }: { customerId: string; onDone(): void }) => {
  const { t } = useTranslation('customer');
  const [name, setName] = useState('');
  const [jobTitle, setJobTitle] = useState('');
  const [phone, setPhone] = useState('');
  const [role, setRole] = useState<string | null>(null);
  const [influence, setInfluence] = useState<string | null>(null);
  const [attitude, setAttitude] = useState<string | null>(null);
  const words = (list: string, values: readonly string[]) =>
    values.map((value) => ({ value, label: t(`vocabulary:${list}.${value}` as string) }));
  const save = async (): Promise<void> => {
    const saved = await run(
      call('companyContact.create', {
        id: uuid(),
        fields: {
          customerId,
          name,
          jobTitle: jobTitle || null,
          role: role as (typeof CONTACT_ROLES)[number] | null,
          influence: influence ? Number(influence) : null,
          attitude: attitude as (typeof ATTITUDES)[number] | null,
          phones: phone ? [{ label: '', number: phone }] : [],
        },
      }),
      t('contacts.added', { name }),
    );
    if (saved) onDone();
  };
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Group grow align="flex-start">
        <TextInput
          label={t('fields:customer.name')}
          required
          autoFocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={t('fields:customer.jobTitle')}
          value={jobTitle}
          onChange={(event) => setJobTitle(event.currentTarget.value)}
        />
        <TextInput
          label={t('fields:customer.phones')}
          value={phone}
          onChange={(event) => setPhone(event.currentTarget.value)}
        />
      </Group>
      <Group grow align="flex-start">
        <Select
          label={t('contacts.role')}
          clearable
          data={words('contactRole', CONTACT_ROLES)}
          value={role}
          onChange={setRole}
        />
        <Select
          label={t('contacts.influenceLabel')}
          clearable
          data={['1', '2', '3', '4', '5']}
          value={influence}
          onChange={setInfluence}
        />
        <Select
          label={t('contacts.attitude')}
          clearable
          data={words('attitude', ATTITUDES)}
          value={attitude}
          onChange={setAttitude}
        />
      </Group>
      <Group>
        <Button type="submit" disabled={!name.trim()}>
          {t('common:action.save')}
        </Button>
        <Button variant="subtle" color="gray" onClick={onDone}>
          {t('common:action.cancel')}
        </Button>
      </Group>
    </form>
  );
};

const Relations = ({ page }: { page: CustomerPage }) => {
  const { t } = useTranslation('customer');
  const [adding, setAdding] = useState(false);
  return (
    <section className={classes.section}>
      <Head title={t('relations.title')} adding={adding} onAdd={() => setAdding(true)} />
      {adding && <RelationForm customerId={page.customer.id} onDone={() => setAdding(false)} />}
      {page.relations.length === 0 && !adding && <p className="muted">{t('relations.none')}</p>}
      {page.relations.map(({ relation, otherId, otherName, incoming }) => (
        <div key={relation.id} className={classes.item}>
          <span className={classes.side}>
            {t(incoming ? 'relations.incoming' : 'relations.outgoing', {
              kind: t(`vocabulary:relation.${relation.kind}`),
            })}
          </span>
          <span className={classes.grow}>
            {otherId ? <Link to={`/customers/${otherId}`}>{otherName}</Link> : otherName}
          </span>
          <span className={classes.side}>{relation.remark}</span>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={t('relations.remove', { name: otherName })}
            onClick={() => void run(call('relation.remove', { ids: [relation.id] }), t('relations.removed'))}
          >
            <IconX size={14} />
          </ActionIcon>
        </div>
      ))}
    </section>
  );
};

const RelationForm = ({ customerId, onDone }: { customerId: string; onDone(): void }) => {
  const { t } = useTranslation('customer');
  const [kind, setKind] = useState<string | null>('relative');
  const [otherId, setOtherId] = useState<string | null>(null);
  const [otherName, setOtherName] = useState('');
  const save = async (): Promise<void> => {
    const saved = await run(
      call('relation.create', {
        id: uuid(),
        fields: {
          customerId,
          kind: (kind ?? 'other') as (typeof RELATION_KINDS)[number],
          otherCustomerId: otherId,
          otherName: otherId ? null : otherName || null,
        },
      }),
      t('relations.added'),
    );
    if (saved) onDone();
  };
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Group grow align="flex-start">
        <Select
          label={t('relations.kind')}
          data={RELATION_KINDS.map((value) => ({ value, label: t(`vocabulary:relation.${value}`) }))}
          value={kind}
          onChange={setKind}
        />
        <CustomerPicker label={t('relations.other')} value={otherId} onChange={setOtherId} />
        <TextInput
          label={t('relations.otherName')}
          disabled={otherId !== null}
          value={otherName}
          onChange={(event) => setOtherName(event.currentTarget.value)}
        />
      </Group>
      <Group>
        <Button type="submit" disabled={!otherId && !otherName.trim()}>
          {t('common:action.save')}
        </Button>
        <Button variant="subtle" color="gray" onClick={onDone}>
          {t('common:action.cancel')}
        </Button>
      </Group>
    </form>
  );
};
