import { Button, CloseButton, Menu, NumberInput, Popover, TextInput } from '@mantine/core';
import { IconDownload, IconTrash } from '@tabler/icons-react';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Input } from '#shared/contracts/registry.ts';
import { CUSTOMER_CLASSES, CUSTOMER_STATUSES } from '#shared/domain/vocabulary.ts';
import { call } from '../../app/data-client.ts';
import { formatInteger } from '../../app/format.ts';
import { notifyDone, notifyError } from '../../app/notify.tsx';
import classes from './BulkBar.module.css';
import { NOTHING } from './selection.ts';
import { TagMenu } from './TagMenu.tsx';
import { useTable } from './table-store.ts';

type Change = Omit<Input<'customer.updateMany'>, 'ids'>;
const INTERVALS = [7, 14, 30, 60, 90, 180];

interface Props {
  onExport(): void;
  onDelete(): void;
}

const SmallForm = ({ label, children, onDone }: { label: string; children: ReactNode; onDone(): void }) => {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setOpened(false);
    onDone();
  };
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus returnFocus position="top">
      <Popover.Target>
        <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setOpened(!opened)}>
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={8}>
        <form className={classes.form} onSubmit={submit}>
          {children}
          <Button size="xs" type="submit">
            {t('action.confirm')}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
};

/** What can be done with all the chosen customers at once; each act is one command and one undo. */
export const BulkBar = ({ onExport, onDelete }: Props) => {
  const { t } = useTranslation('customers');
  const selection = useTable((table) => table.selection);
  const { set } = useTable.getState();
  const [area, setArea] = useState('');
  const [days, setDays] = useState<number | string>('');
  const [busy, setBusy] = useState(false);
  const count = selection.ids.size;
  if (count === 0) return null;

  const update = async (change: Change): Promise<void> => {
    setBusy(true);
    try {
      const { commandId } = await call('customer.updateMany', { ids: [...selection.ids], ...change });
      notifyDone(t('bulk.changed', { count, shown: formatInteger(count) }), commandId);
    } catch (error) {
      notifyError(error);
    } finally {
      setBusy(false);
    }
  };
  const setFields = (fields: NonNullable<Change['set']>) => void update({ set: fields });
  const trigger = (label: string) => (
    <Menu.Target>
      <Button size="compact-sm" variant="subtle" color="gray">
        {label}
      </Button>
    </Menu.Target>
  );

  return (
    <div className={classes.bar} role="toolbar" aria-label={t('bulk.label')} aria-busy={busy}>
      <strong className="tnum" role="status">
        {t(busy ? 'bulk.working' : 'bulk.chosen', { count, shown: formatInteger(count) })}
      </strong>
      <span className={classes.line} />
      <fieldset className={classes.acts} disabled={busy}>
        <Menu position="top">
          {trigger(t('documents:column.class'))}
          <Menu.Dropdown>
            {CUSTOMER_CLASSES.map((value) => (
              <Menu.Item key={value} onClick={() => setFields({ class: value })}>
                {t(`vocabulary:class.${value}`)}
              </Menu.Item>
            ))}
            <Menu.Item onClick={() => setFields({ class: null })}>{t('bulk.noClass')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
        <Menu position="top">
          {trigger(t('documents:column.status'))}
          <Menu.Dropdown>
            {CUSTOMER_STATUSES.map((value) => (
              <Menu.Item key={value} onClick={() => setFields({ status: value })}>
                {t(`vocabulary:status.${value}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
        <TagMenu onTags={(change) => update(change)} />
        <SmallForm
          label={t('bulk.interval')}
          onDone={() => setFields({ contactIntervalDays: typeof days === 'number' ? days : null })}
        >
          <NumberInput
            data-autofocus
            size="xs"
            w={180}
            min={1}
            max={1_000}
            allowDecimal={false}
            value={days}
            onChange={setDays}
            placeholder={t('bulk.intervalOfClass')}
            aria-label={t('bulk.interval')}
            description={
              <span className={classes.quick}>
                {INTERVALS.map((one) => (
                  <button key={one} type="button" onClick={() => setDays(one)}>
                    {one}
                  </button>
                ))}
              </span>
            }
            inputWrapperOrder={['label', 'input', 'description', 'error']}
          />
        </SmallForm>
        <SmallForm label={t('documents:column.area')} onDone={() => setFields({ area: area.trim() || null })}>
          <TextInput
            data-autofocus
            size="xs"
            w={180}
            maxLength={80}
            value={area}
            onChange={(event) => setArea(event.currentTarget.value)}
            placeholder={t('bulk.area')}
            aria-label={t('documents:column.area')}
          />
        </SmallForm>
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          leftSection={<IconDownload size={14} stroke={1.6} />}
          onClick={onExport}
        >
          {t('common:action.export')}
        </Button>
        <Button
          size="compact-sm"
          variant="subtle"
          c="var(--vb-risk)"
          leftSection={<IconTrash size={14} stroke={1.6} />}
          onClick={onDelete}
        >
          {t('common:action.delete')}
        </Button>
      </fieldset>
      <CloseButton
        size="sm"
        aria-label={t('bulk.clear')}
        title={t('bulk.clear')}
        onClick={() => set({ selection: NOTHING })}
      />
    </div>
  );
};
