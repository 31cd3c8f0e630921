import { ActionIcon, Button, CopyButton, Group, Menu, RingProgress, Text, Tooltip } from '@mantine/core';
import {
  IconBrandWechat,
  IconCake,
  IconDots,
  IconMail,
  IconMapPin,
  IconPhone,
  IconPhoneOff,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { CustomerPage } from '#shared/contracts/customers.ts';
import { call } from '../../app/data-client.ts';
import { formatDay } from '../../app/format.ts';
import { notifyDone, notifyError } from '../../app/notify.tsx';
import { useUi } from '../../app/ui-state.ts';
import { ClassChip } from '../../ui/ClassChip.tsx';
import { HistoryButton } from '../history/HistoryButton.tsx';
import { MarkCounts } from '../history/MarkSign.tsx';
import classes from './CustomerPage.module.css';
import { MergeInto } from './MergeInto.tsx';
import { mattersNow } from './matters-now.ts';

const Copied = ({ value }: { value: string }) => {
  const { t } = useTranslation();
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Tooltip label={t(copied ? 'action.copied' : 'action.copy')}>
          <button type="button" className={`${classes.copy} tnum`} onClick={copy}>
            {value}
          </button>
        </Tooltip>
      )}
    </CopyButton>
  );
};

/** Who, what matters now, and the next questions to ask. */
export const Aside = ({ page }: { page: CustomerPage }) => {
  const { t } = useTranslation('customer');
  const { customer, completeness } = page;
  const [merging, setMerging] = useState(false);
  const navigate = useNavigate();
  const ui = useUi();
  const about =
    customer.kind === 'person'
      ? [
          customer.gender && t(`vocabulary:gender.${customer.gender}`),
          customer.age !== null && t('age', { count: customer.age }),
          customer.occupation ?? customer.jobTitle,
          customer.employer,
        ]
      : [
          customer.industry,
          customer.companySize && t(`vocabulary:companySize.${customer.companySize}`),
          customer.city,
        ];
  const remove = async (): Promise<void> => {
    try {
      const { commandId } = await call('customer.remove', { ids: [customer.id] });
      void navigate('/customers');
      notifyDone(t('removed', { name: customer.name }), commandId);
    } catch (error) {
      notifyError(error);
    }
  };
  return (
    <aside className={classes.aside}>
      <Group wrap="nowrap" align="flex-start" justify="space-between" gap={8}>
        <h1 className={classes.name}>
          <span className="selectable">{customer.name}</span>
          <ClassChip value={customer.class} />
        </h1>
        <HistoryButton entity="customer" id={customer.id} label={customer.name} />
      </Group>
      <p className={classes.sub}>
        {[
          t(`vocabulary:customerKind.${customer.kind}`),
          customer.status !== 'active' && t(`vocabulary:status.${customer.status}`),
          ...about,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <MarkCounts />
      <div className={classes.actions}>
        <Button
          size="xs"
          leftSection={<IconPhone size={14} />}
          onClick={() => ui.openLogCall({ customerId: customer.id })}
          rightSection={<kbd>L</kbd>}
        >
          {t('log')}
        </Button>
        <Button
          size="xs"
          variant="default"
          onClick={() => ui.openPlanVisit({ customerId: customer.id })}
          rightSection={<kbd>V</kbd>}
        >
          {t('plan')}
        </Button>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="default" size={30} aria-label={t('common:action.more')}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => void navigate(`/notes/new?customer=${customer.id}`)}>
              {t('newNote')}
            </Menu.Item>
            <Menu.Item onClick={() => setMerging(true)}>{t('merge')}</Menu.Item>
            <Menu.Item color="red" onClick={() => void remove()}>
              {t('common:action.delete')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </div>
      <MergeInto customer={customer} opened={merging} onClose={() => setMerging(false)} />
      <ul className={classes.facts}>
        {customer.phones.map((phone) => (
          <li key={phone.number}>
            {customer.doNotCall ? (
              <IconPhoneOff size={16} stroke={1.6} aria-hidden />
            ) : (
              <IconPhone size={16} stroke={1.6} aria-hidden />
            )}
            <Copied value={phone.number} />
            <span className="muted">
              {[phone.label, customer.doNotCall ? t('doNotCall') : ''].filter(Boolean).join(' · ')}
            </span>
          </li>
        ))}
        {customer.emails.map((email) => (
          <li key={email.address}>
            <IconMail size={16} stroke={1.6} aria-hidden />
            <Copied value={email.address} />
          </li>
        ))}
        {customer.wechat && (
          <li>
            <IconBrandWechat size={16} stroke={1.6} aria-hidden />
            <Copied value={customer.wechat} />
          </li>
        )}
        {customer.address && (
          <li>
            <IconMapPin size={16} stroke={1.6} aria-hidden />
            <Copied value={customer.address} />
          </li>
        )}
        {customer.birthDate && (
          <li>
            <IconCake size={16} stroke={1.6} aria-hidden />
            <span>
              {formatDay(customer.birthDate)}{' '}
              <span className="muted">
                {customer.birthdayCalendar === 'lunar' ? t('vocabulary:calendar.lunar') : ''}
              </span>
            </span>
          </li>
        )}
      </ul>
      <section className={classes.block}>
        <h2>{t('now.title')}</h2>
        <ul className={classes.now}>
          {mattersNow(t, page).map((line) => (
            <li key={line.key} data-tone={line.tone}>
              {line.text}
            </li>
          ))}
        </ul>
      </section>
      <section className={classes.block}>
        <h2>{t('profile.title')}</h2>
        <div className={classes.ring}>
          <RingProgress
            size={56}
            thickness={5}
            roundCaps
            sections={[{ value: completeness.percent, color: 'teal' }]}
            label={
              <Text ta="center" size="xs" className="tnum">
                {completeness.percent}
              </Text>
            }
          />
          <p>{t('profile.known', { known: completeness.known, expected: completeness.expected })}</p>
        </div>
        {completeness.gaps.length > 0 && (
          <ol className={classes.questions}>
            {completeness.gaps.slice(0, 3).map((gap) => (
              <li key={gap.field}>
                {t(`ask.${gap.field}`, {
                  context: customer.kind,
                  defaultValue: t('ask.other', { field: t(`fields:customer.${gap.field}`) }),
                })}
              </li>
            ))}
          </ol>
        )}
      </section>
    </aside>
  );
};
