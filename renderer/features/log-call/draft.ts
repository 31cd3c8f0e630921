import { v7 as uuid } from 'uuid';
import type { Input } from '#shared/contracts/registry.ts';
import type { CONTACT_CHANNELS, INTERACTION_KINDS, OUTCOMES, PURPOSES } from '#shared/domain/vocabulary.ts';
import { localZone } from '../../app/format.ts';
import type { LogCallStart } from '../../app/ui-state.ts';

/** What the panel holds while it is typed. */
export interface LogDraft {
  id: string;
  customerId: string | null;
  kind: (typeof INTERACTION_KINDS)[number];
  initiator: 'bank' | 'customer';
  purpose: (typeof PURPOSES)[number] | null;
  outcome: (typeof OUTCOMES)[number] | null;
  summary: string;
  nextText: string;
  nextDueOn: string | null;
  hook: string;
  promiseText: string;
  promiseDueOn: string | null;
  startedAt: string;
}

/** An empty panel for what the caller knows already. */
export const emptyDraft = (start: LogCallStart): LogDraft => ({
  id: uuid(),
  customerId: start.customerId ?? null,
  kind: start.kind ?? 'call',
  initiator: 'bank',
  purpose: null,
  outcome: null,
  summary: '',
  nextText: '',
  nextDueOn: null,
  hook: '',
  promiseText: '',
  promiseDueOn: null,
  startedAt: new Date().toISOString(),
});

const CHANNEL_OF: Record<LogDraft['kind'], (typeof CONTACT_CHANNELS)[number] | null> = {
  call: 'phone',
  visit: 'visit',
  video: 'video',
  message: 'wechat',
  event: null,
};

const known = (text: string): string | null => text.trim() || null;

/** The command that a finished draft becomes. The draft's own id makes a repeated save harmless. */
export const toCommand = (
  draft: LogDraft,
  customerId: string,
  start: LogCallStart,
  draftKey: string,
): Input<'interaction.log'> => ({
  id: draft.id,
  customerId,
  visitId: start.visitId ?? null,
  kind: draft.kind,
  at: new Date().toISOString(),
  zone: localZone(),
  initiator: draft.initiator,
  channel: CHANNEL_OF[draft.kind],
  purpose: draft.purpose,
  outcome: draft.outcome,
  summary: known(draft.summary),
  nextHook: known(draft.hook),
  promise: known(draft.promiseText)
    ? { id: uuid(), text: draft.promiseText.trim(), dueOn: draft.promiseDueOn }
    : null,
  nextStep: known(draft.nextText)
    ? { id: uuid(), text: draft.nextText.trim(), dueOn: draft.nextDueOn }
    : null,
  keepsPromiseIds: start.keepsPromiseIds ?? [],
  completesTaskIds: start.completesTaskIds ?? [],
  draftKey,
});
