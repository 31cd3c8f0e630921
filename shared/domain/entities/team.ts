import { z } from 'zod';
import { defineEntity, type RecordOf } from '../entity.ts';
import { id, instant, requiredText, text, unknownable } from '../fields.ts';

export const USER_ROLES = ['manager', 'leader', 'administrator', 'auditor'] as const;
export type UserRole = (typeof USER_ROLES)[number];

/** A colleague of the same book, as the server names them: who typed what, who looks after whom. */
export const user = defineEntity({
  name: 'user',
  merge: 'server',
  scope: 'book',
  fields: {
    username: requiredText(80),
    name: requiredText(120),
    role: z.enum(USER_ROLES),
    active: z.boolean().default(true),
    createdAt: instant(),
  },
});
export type User = RecordOf<typeof user>;

/** S3-02: who looks after a customer: exactly one owner, and deputies. Owned by the server, changed by a handover. */
export const assignment = defineEntity({
  name: 'assignment',
  merge: 'server',
  scope: 'customerId',
  fields: {
    customerId: id(),
    userId: id(),
    role: z.enum(['owner', 'deputy']),
    since: instant(),
    createdAt: instant(),
  },
});
export type Assignment = RecordOf<typeof assignment>;

/**
 * Two people typed into the same field without knowing of each other. The server notes both; the record holds `kept`.
 * A person settles it, on either laptop. `field` is `deleted` when one removed what the other changed.
 */
export const fieldConflict = defineEntity({
  name: 'fieldConflict',
  merge: 'fields',
  scope: 'customerId',
  fields: {
    customerId: unknownable(id()),
    entity: text(60),
    recordId: id(),
    field: text(80),
    /** Values as JSON text: what the record holds, what it does not hold, what both started from. */
    kept: text(400_000),
    keptBy: unknownable(id()),
    keptAt: instant(),
    lost: text(400_000),
    lostBy: unknownable(id()),
    lostAt: instant(),
    before: unknownable(text(400_000)),
    settledAs: unknownable(z.enum(['kept', 'lost', 'both', 'merged'])),
    settledBy: unknownable(id()),
    settledAt: unknownable(instant()),
    createdAt: instant(),
  },
});
export type FieldConflict = RecordOf<typeof fieldConflict>;
