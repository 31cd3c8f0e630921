import { AppError } from '../../contracts/errors.ts';
import type { Change } from '../../sync/mutation.ts';
import type { Visit } from '../entities/index.ts';
import { FIRST_STATES, hasPurpose, mayFollow } from './visit-states.ts';

/** A change about to be committed, with what it would change. */
export interface GuardedChange {
  change: Change;
  /** The record as it is; null when it is created. */
  current: Readonly<Record<string, unknown>> | null;
  /** Name of the command. */
  command: string;
  /** Everything the command changes. */
  batch: readonly Change[];
}

/** Where a signed report is filed may still change: customers are merged. */
const FILING_FIELDS: readonly string[] = ['customerId', 'visitId'];

/** A signed report says forever what it said. It goes only together with its whole customer. */
const guardReport = ({ change, current, batch }: GuardedChange): void => {
  if (current?.state !== 'signed') return;
  const filedAnew =
    change.op === 'update' && Object.keys(change.fields).every((field) => FILING_FIELDS.includes(field));
  const withCustomer =
    change.op === 'delete' &&
    batch.some((one) => one.entity === 'customer' && one.op === 'delete' && one.id === current.customerId);
  if (change.op === 'restore' || filedAnew || withCustomer) return;
  throw new AppError('locked_record', { params: { entity: 'visitReport' } });
};

/** S3-32: what the plain record methods may do to the state of a visit; commands of their own know their steps. */
const guardVisit = ({ change, current, command }: GuardedChange): void => {
  const { state } = change.fields;
  if (state === undefined) return;
  const to = state as Visit['state'];
  if (command === 'visit.create' && !FIRST_STATES.includes(to))
    throw new AppError('not_allowed', { params: { to } });
  if (command !== 'visit.update' || current === null) return;
  const from = current.state as Visit['state'];
  if (from === to) return;
  const after = { ...current, ...change.fields } as unknown as Visit;
  const ready = to !== 'confirmed' || hasPurpose(after);
  if (!mayFollow(from, to) || to === 'signed' || !ready)
    throw new AppError('not_allowed', { params: { from, to } });
};

/**
 * Refuses a change that no command may make, whichever way it came: called for every change on the commit path.
 * @throws locked_record, not_allowed
 */
export const assertChangeAllowed = (guarded: GuardedChange): void => {
  if (guarded.change.entity === 'visitReport') guardReport(guarded);
  else if (guarded.change.entity === 'visit') guardVisit(guarded);
};
