import type { TFunction } from 'i18next';
import type { CustomerPage } from '#shared/contracts/customers.ts';
import { contactWords, datedWhen, datedWords, riskWords } from '../../ui/signals.ts';

export interface NowLine {
  key: string;
  text: string;
  tone: 'risk' | 'soon' | 'plain';
}

const MOST = 4;

/** What matters now, at most four lines: contact owed, risks, then dates ahead. */
export const mattersNow = (t: TFunction, page: CustomerPage): NowLine[] => {
  const lines: NowLine[] = [];
  const { contact } = page;
  if (contact.state !== 'ok' && contact.state !== 'none')
    lines.push({
      key: 'contact',
      text: contactWords(t, contact),
      tone: contact.state === 'overdue' ? 'risk' : 'soon',
    });
  for (const risk of page.risks) {
    if (risk.kind === 'contactOverdue') continue;
    lines.push({
      key: `${risk.kind}${risk.source?.id ?? ''}`,
      text: riskWords(t, risk),
      tone: risk.severity === 'now' ? 'risk' : 'soon',
    });
  }
  for (const event of page.ahead)
    lines.push({
      key: `${event.kind}${event.on}${event.source?.id ?? ''}`,
      text: `${datedWords(t, event)} · ${datedWhen(event)}`,
      tone: event.daysAhead <= 7 ? 'soon' : 'plain',
    });
  if (lines.length === 0) lines.push({ key: 'contact', text: contactWords(t, contact), tone: 'plain' });
  return lines.slice(0, MOST);
};
