import { z } from 'zod';
import { defineEntity, type RecordOf } from '../entity.ts';
import {
  basisPoints,
  currency,
  id,
  instant,
  minorUnits,
  plainDate,
  requiredText,
  text,
  unknownable,
} from '../fields.ts';
import * as words from '../vocabulary.ts';

/** What the customer holds with the bank. Owned by the bank's systems: read-only on the laptop. */
export const holding = defineEntity({
  name: 'holding',
  merge: 'server',
  scope: 'customerId',
  fields: {
    customerId: id(),
    kind: z.enum(words.HOLDING_KINDS),
    productName: requiredText(200),
    accountTail: unknownable(text(8)),
    balanceMinor: unknownable(minorUnits()),
    /** Balance one month before, to see what is fading (S0-05). */
    previousBalanceMinor: unknownable(minorUnits()),
    currency: currency().default('CNY'),
    rateBp: unknownable(basisPoints()),
    openedOn: unknownable(plainDate()),
    maturesOn: unknownable(plainDate()),
    asOf: unknownable(plainDate()),
    importId: unknownable(id()),
    createdAt: instant(),
  },
});
export type Holding = RecordOf<typeof holding>;

/** S4-10: a credit limit and what of it is used. */
export const facility = defineEntity({
  name: 'facility',
  merge: 'server',
  scope: 'customerId',
  fields: {
    customerId: id(),
    kind: z.enum(words.FACILITY_KINDS),
    name: requiredText(200),
    limitMinor: unknownable(minorUnits()),
    usedMinor: unknownable(minorUnits()),
    currency: currency().default('CNY'),
    rateBp: unknownable(basisPoints()),
    expiresOn: unknownable(plainDate()),
    covenants: unknownable(text(2_000)),
    asOf: unknownable(plainDate()),
    createdAt: instant(),
  },
});
export type Facility = RecordOf<typeof facility>;

/** S4-10: what secures a facility. */
export const collateral = defineEntity({
  name: 'collateral',
  merge: 'server',
  scope: 'customerId',
  fields: {
    customerId: id(),
    facilityId: unknownable(id()),
    kind: z.enum(words.COLLATERAL_KINDS),
    name: requiredText(200),
    valueMinor: unknownable(minorUnits()),
    currency: currency().default('CNY'),
    valuedOn: unknownable(plainDate()),
    insuranceExpiresOn: unknownable(plainDate()),
    createdAt: instant(),
  },
});
export type Collateral = RecordOf<typeof collateral>;
