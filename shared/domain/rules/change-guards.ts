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

/** Commands that type into any field and know no steps. */
const PLAIN: readonly string[] = ['visit.update', 'record.restoreField'];

const locked = (entity: string): AppError => new AppError('locked_record', { params: { entity } });

/** What is signed goes only together with its whole customer. */
const goesWithCustomer = ({ change, current, batch }: GuardedChange): boolean =>
  change.op === 'delete' &&
  batch.some((one) => one.entity === 'customer' && one.op === 'delete' && one.id === current?.customerId);

/** A signed report says forever what it said. */
const guardReport = (guarded: GuardedChange): void => {
  const { change, current } = guarded;
  if (current?.state !== 'signed' || change.op === 'restore') return;
  const filedAnew =
    change.op === 'update' && Object.keys(change.fields).every((field) => FILING_FIELDS.includes(field));
  if (!filedAnew && !goesWithCustomer(guarded)) throw locked('visitReport');
};

/**
 * S3-32: a visit whose report is signed stays signed, for an undo too; and what the plain record methods may do to the
 * state of a visit. Commands of their own know their steps.
 */
const guardVisit = (guarded: GuardedChange): void => {
  const { change, current, command } = guarded;
  const { state } = change.fields;
  const leavesSigned = current?.state === 'signed' && (change.op === 'delete' || state !== undefined);
  if (leavesSigned && !goesWithCustomer(guarded)) throw locked('visit');
  if (state === undefined) return;
  const to = state as Visit['state'];
  if (command === 'visit.create' && !FIRST_STATES.includes(to))
    throw new AppError('not_allowed', { params: { to } });
  if (!PLAIN.includes(command) || current === null) return;
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
