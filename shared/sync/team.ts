import { z } from 'zod';
import { USER_ROLES } from '../domain/entities/team.ts';
import { id, instant } from '../domain/fields.ts';
import { wireMutation } from './protocol.ts';

const count = z.number().int().min(0);

/** A colleague as a leader sees them: who has not synced, with what waiting. */
export const memberAnswer = z.object({
  id: id(),
  username: z.string(),
  name: z.string(),
  role: z.enum(USER_ROLES),
  active: z.boolean(),
  customers: count,
  devices: count,
  waiting: count,
  lastSyncAt: instant().nullable(),
  quarantined: count,
});
export type Member = z.infer<typeof memberAnswer>;
export const overviewAnswer = z.object({ members: z.array(memberAnswer) });

/** What a laptop may not apply and nobody may lose, as a leader reads it. */
export const quarantinedEdit = z.object({
  id: id(),
  userId: id(),
  customerId: id().nullable(),
  entity: z.string(),
  reason: z.string(),
  typedAt: instant(),
  keptAt: instant(),
  mutation: wireMutation,
  settledAs: z.enum(['applied', 'discarded']).nullable(),
  settledAt: instant().nullable(),
});
export type QuarantinedEdit = z.infer<typeof quarantinedEdit>;
export const quarantineAnswer = z.object({ edits: z.array(quarantinedEdit) });
export const settleRequest = z.strictObject({ as: z.enum(['applied', 'discarded']) });

/** S3-02: customers on their way from one manager to another. */
export const handoverAnswer = z.object({
  id: id(),
  fromId: id(),
  toId: id(),
  customers: z.array(z.object({ id: id(), name: z.string() })),
  note: z.string(),
  createdBy: id(),
  createdAt: instant(),
  fromConfirmedAt: instant().nullable(),
  toConfirmedAt: instant().nullable(),
  doneAt: instant().nullable(),
  cancelledAt: instant().nullable(),
});
export type Handover = z.infer<typeof handoverAnswer>;
export const handoversAnswer = z.object({ handovers: z.array(handoverAnswer) });
export const handoverRequest = z.strictObject({
  id: id(),
  fromId: id(),
  toId: id(),
  customerIds: z.array(id()).min(1).max(1_000),
  note: z.string().max(5_000),
});

/** What the receiver has to know of a customer before saying yes: what is open, what comes next, how they like to be met. */
export const handoverItem = z.object({
  customerId: id(),
  name: z.string(),
  promises: z.array(z.object({ text: z.string(), dueOn: z.string().nullable() })),
  tasks: z.array(z.object({ text: z.string(), dueOn: z.string().nullable() })),
  visits: z.array(z.object({ title: z.string(), startsAt: z.string() })),
  preferences: z.record(z.string(), z.unknown()),
});
export type HandoverItem = z.infer<typeof handoverItem>;
/** Fields of a customer that say how they like to be met. */
export const PREFERENCES = [
  'contactIntervalDays',
  'bestWeekdays',
  'bestTimeFrom',
  'bestTimeTo',
  'channelOrder',
  'doNotCall',
  'doNotMessage',
  'doNotEmail',
] as const;

const isSaid = (value: unknown): boolean =>
  value !== null && value !== undefined && value !== false && !(Array.isArray(value) && value.length === 0);

/** What a customer has said of how they like to be met; what is unknown or not asked for is left out. */
export const preferencesOf = (customer: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    PREFERENCES.map((field) => [field, customer[field]]).filter(([, value]) => isSaid(value)),
  );

export const handoverDetail = z.object({ items: z.array(handoverItem) });

export const deviceAnswer = z.object({
  id: id(),
  name: z.string(),
  platform: z.string(),
  enrolledAt: instant(),
  lastSeenAt: instant().nullable(),
  revokedAt: instant().nullable(),
});
export const devicesAnswer = z.object({ devices: z.array(deviceAnswer) });
