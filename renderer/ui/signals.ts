import type { TFunction } from 'i18next';
import type { ContactDue, DatedEvent, RiskSignal } from '#shared/contracts/customers.ts';
import { formatDay, formatRelativeDay } from '../app/format.ts';

/** 联系已逾期 12 天 · contact due in 3 days · never contacted: why a contact is owed, in words. */
export const contactWords = (t: TFunction, contact: ContactDue): string => {
  const last = contact.lastContactAt
    ? t('signals:lastContact', { when: formatRelativeDay(contact.lastContactAt) })
    : t('signals:neverContacted');
  if (contact.state === 'overdue') return t('signals:overdue', { count: -(contact.daysLeft ?? 0), last });
  if (contact.state === 'due') return t('signals:due', { last });
  if (contact.state === 'soon') return t('signals:soon', { count: contact.daysLeft ?? 0, last });
  return last;
};

/** A risk signal in words; its parameters come from the facts. */
export const riskWords = (t: TFunction, risk: RiskSignal): string =>
  t(`vocabulary:risk.${risk.kind}`, risk.params);

/** 生日 11月26日 · in 3 days */
export const datedWords = (t: TFunction, event: DatedEvent): string =>
  event.kind === 'festival'
    ? t(`vocabulary:festival.${event.params.festival}`)
    : t(`vocabulary:dated.${event.kind}`, event.params);

/** 11月26日 · 3 天后 */
export const datedWhen = (event: DatedEvent): string =>
  `${formatDay(event.on)} · ${formatRelativeDay(event.on)}`;

/** How urgent a plain due date is. */
export const dueTone = (dueOn: string | null, today: string): 'overdue' | 'today' | 'later' | 'none' => {
  if (!dueOn) return 'none';
  if (dueOn < today) return 'overdue';
  return dueOn === today ? 'today' : 'later';
};
