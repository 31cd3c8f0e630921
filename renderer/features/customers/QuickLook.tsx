import { ActionIcon, Button, CloseButton, CopyButton } from '@mantine/core';
import {
  IconArrowUpRight,
  IconCalendarPlus,
  IconPhone,
  IconPhoneOff,
  IconPhonePlus,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CustomerPage } from '#shared/contracts/customers.ts';
import { pathOf } from '../../app/destinations.ts';
import { formatDate, formatDateTime, formatDay, formatRelativeDay, toPlainDate } from '../../app/format.ts';
import { errorText } from '../../app/notify.tsx';
import { useBookQuery } from '../../app/queries.ts';
import { useUi } from '../../app/ui-state.ts';
import { ClassChip } from '../../ui/ClassChip.tsx';
import { dueTone } from '../../ui/signals.ts';
import { mattersNow } from '../customer/matters-now.ts';
import classes from './QuickLook.module.css';
import { useTable } from './table-store.ts';

const LAST_EVENTS = 3;
const MOST_PROMISES = 4;

const Block = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className={classes.block}>
    <h3>{title}</h3>
    {children}
  </section>
);

const Phone = ({ customer }: { customer: CustomerPage['customer'] }) => {
  const { t } = useTranslation();
  const [phone] = customer.phones;
  if (!phone) return null;
  const PhoneIcon = customer.doNotCall ? IconPhoneOff : IconPhone;
  return (
    <CopyButton value={phone.number}>
      {({ copied, copy }) => (
        <button type="button" className={classes.phone} onClick={copy} title={t('action.copy')}>
          <PhoneIcon size={14} stroke={1.6} aria-hidden />
          <span className="tnum">{phone.number}</span>
          <span className="muted">
            {copied ? t('action.copied') : customer.doNotCall ? t('documents:column.doNotCall') : phone.label}
          </span>
        </button>
      )}
    </CopyButton>
  );
};

const Promises = ({ id }: { id: string }) => {
  const { t } = useTranslation('customers');
  const { data } = useBookQuery(
    'promise.list',
    { customerId: id, statuses: ['open'], limit: MOST_PROMISES },
    { keepPrevious: true },
  );
  const today = toPlainDate(new Date());
  if (!data || data.total === 0) return null;
  return (
    <Block title={t('look.promises')}>
      <ul className={classes.lines}>
        {data.rows
          .filter((promise) => promise.customerId === id)
          .map((promise) => (
            <li key={promise.id} data-tone={dueTone(promise.dueOn, today)}>
              <span className={classes.words}>{promise.text}</span>
              {promise.dueOn && (
                <span className={classes.when} title={formatDate(promise.dueOn)}>
                  {formatRelativeDay(promise.dueOn)}
                </span>
              )}
            </li>
          ))}
      </ul>
    </Block>
  );
};

const LastEvents = ({ id }: { id: string }) => {
  const { t } = useTranslation('customers');
  const { data } = useBookQuery('customer.timeline', { id, limit: LAST_EVENTS }, { keepPrevious: true });
  if (!data) return null;
  return (
    <Block title={t('look.events')}>
      {data.items.length === 0 && <p className={classes.none}>{t('look.noEvents')}</p>}
      <ul className={classes.lines}>
        {data.items.map((item) => (
          <li key={item.id} className={classes.event}>
            <span className={classes.when} title={formatDateTime(item.at)}>
              {formatRelativeDay(item.at)} {t(`vocabulary:timeline.${item.kind}`)}
            </span>
            <span className={classes.words}>{item.title || item.text}</span>
          </li>
        ))}
      </ul>
    </Block>
  );
};

const Facts = ({ page }: { page: CustomerPage }) => {
  const { t } = useTranslation('customers');
  const { customer, contact } = page;
  const about =
    customer.kind === 'company'
      ? [customer.industry, customer.area]
      : [customer.occupation, customer.employer, customer.area];
  return (
    <>
      <p className={classes.sub}>
        {[
          t(`vocabulary:customerKind.${customer.kind}`),
          customer.status !== 'active' && t(`vocabulary:status.${customer.status}`),
          ...about,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <Phone customer={customer} />
      <Block title={t('look.now')}>
        <ul className={classes.lines}>
          {mattersNow(t, page).map((line) => (
            <li key={line.key} data-tone={line.tone}>
              <span className={classes.words}>{line.text}</span>
            </li>
          ))}
        </ul>
      </Block>
      <Block title={t('look.contact')}>
        <dl className={classes.facts}>
          <dt>{t('look.last')}</dt>
          <dd title={contact.lastContactAt ? formatDateTime(contact.lastContactAt) : undefined}>
            {contact.lastContactAt ? formatRelativeDay(contact.lastContactAt) : t('signals:neverContacted')}
          </dd>
          <dt>{t('look.next')}</dt>
          <dd>
            {contact.dueOn
              ? `${formatDay(contact.dueOn)} · ${formatRelativeDay(contact.dueOn)}`
              : t('vocabulary:contactState.none')}
            {contact.intervalDays !== null && (
              <span className="muted"> · {t('look.interval', { count: contact.intervalDays })}</span>
            )}
          </dd>
        </dl>
      </Block>
      <Promises id={customer.id} />
      <LastEvents id={customer.id} />
    </>
  );
};

/** The customer of the active row in short: who, what matters now, promises, the last events, and what to do next. */
export const QuickLook = ({ onClose }: { onClose(): void }) => {
  const { t } = useTranslation('customers');
  const id = useTable((table) => table.active.id);
  const { data, error } = useBookQuery(
    'customer.get',
    { id: id ?? '' },
    { enabled: id !== null, keepPrevious: true },
  );
  const ui = useUi.getState();
  return (
    <aside
      className={classes.look}
      aria-label={t('look.label')}
      data-testid="quick-look"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <header className={classes.head}>
        {data && id && (
          <h2>
            <Link to={pathOf('customer', data.customer.id)}>{data.customer.name}</Link>
            <ClassChip value={data.customer.class} />
          </h2>
        )}
        <CloseButton size="sm" ml="auto" aria-label={t('common:action.close')} onClick={onClose} />
      </header>
      {error && <p className={classes.none}>{errorText(error)}</p>}
      {!id && <p className={classes.none}>{t('look.nobody')}</p>}
      {data && id && (
        <>
          <div className={classes.scroll} data-old={data.customer.id !== id || undefined}>
            <Facts page={data} />
          </div>
          <footer className={classes.foot}>
            <Button
              size="xs"
              leftSection={<IconPhonePlus size={14} />}
              onClick={() => ui.openLogCall({ customerId: id })}
              rightSection={<kbd>L</kbd>}
            >
              {t('row.call')}
            </Button>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconCalendarPlus size={14} />}
              onClick={() => ui.openPlanVisit({ customerId: id })}
              rightSection={<kbd>V</kbd>}
            >
              {t('row.visit')}
            </Button>
            <ActionIcon
              size={30}
              variant="default"
              ml="auto"
              component={Link}
              to={pathOf('customer', id)}
              aria-label={t('common:action.open')}
              title={t('common:action.open')}
              aria-keyshortcuts="Enter"
            >
              <IconArrowUpRight size={16} stroke={1.6} />
            </ActionIcon>
          </footer>
        </>
      )}
    </aside>
  );
};
