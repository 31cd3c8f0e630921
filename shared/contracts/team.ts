import { z } from 'zod';
import { id, instant } from '../domain/fields.ts';
import { REFUSALS } from '../sync/protocol.ts';
import { handoverAnswer, handoverItem, memberAnswer } from '../sync/team.ts';
import { byId, ids, nothing, receipt } from './common.ts';
import { command, query } from './contract.ts';

const ok = z.strictObject({ ok: z.literal(true) });

/** An edit in quarantine as a leader reads it: whose, about whom, what. */
export const quarantineItem = z.strictObject({
  id: id(),
  by: z.string(),
  customerId: id().nullable(),
  customerName: z.string().nullable(),
  entity: z.string(),
  op: z.string(),
  reason: z.enum([...REFUSALS, 'device_revoked']),
  typedAt: instant(),
  fields: z.array(z.strictObject({ field: z.string(), value: z.unknown() })),
  settledAs: z.enum(['applied', 'discarded']).nullable(),
  settledAt: instant().nullable(),
});
export type QuarantineItem = z.infer<typeof quarantineItem>;

/** A handover with the names of both sides, and which of them I am. */
export const handover = handoverAnswer.extend({
  fromName: z.string(),
  toName: z.string(),
  mySide: z.enum(['from', 'to']).nullable(),
});
export type HandoverView = z.infer<typeof handover>;

/** What a team leader does; all of it asks the server. */
export const teamContract = {
  /** Who works in the book and who has not synced. */
  'team.overview': query(nothing, z.strictObject({ members: z.array(memberAnswer) })),
  'team.quarantine': query(nothing, z.strictObject({ items: z.array(quarantineItem) })),
  /** Types it into the book as one's own, or lets it go; the content stays on the server. */
  'team.settleQuarantine': command(
    z.strictObject({ id: id(), as: z.enum(['applied', 'discarded']) }),
    receipt,
    'manage',
  ),
  /** Handovers: of the book for a leader, of oneself for a manager. */
  'team.handovers': query(nothing, z.strictObject({ handovers: z.array(handover) })),
  'team.handoverItems': query(byId, z.strictObject({ items: z.array(handoverItem) })),
  /** What would go with these customers, from the records of this laptop. */
  'team.handoverPreview': query(
    z.strictObject({ customerIds: ids(1_000) }),
    z.strictObject({ items: z.array(handoverItem) }),
  ),
  /** Customers of a colleague, from the assignments this laptop holds. */
  'team.customersOf': query(
    z.strictObject({ userId: id() }),
    z.strictObject({ customers: z.array(z.strictObject({ id: id(), name: z.string() })) }),
  ),
  'team.createHandover': command(
    z.strictObject({
      fromId: id(),
      toId: id(),
      customerIds: ids(1_000).min(1),
      note: z.string().max(5_000).default(''),
    }),
    ok,
    'manage',
  ),
  'team.confirmHandover': command(byId, ok, 'manage'),
  'team.cancelHandover': command(byId, ok, 'manage'),
};
