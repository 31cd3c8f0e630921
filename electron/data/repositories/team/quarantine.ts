import { AppError } from '#shared/contracts/errors.ts';
import type { QuarantineItem } from '#shared/contracts/team.ts';
import type { Change } from '#shared/sync/mutation.ts';
import { REFUSALS } from '#shared/sync/protocol.ts';
import { type QuarantinedEdit, quarantineAnswer } from '#shared/sync/team.ts';
import { type ReadableDb, read } from '../../database/connection.ts';
import type { ServerClient } from '../../sync/server-client.ts';
import { isKnownEntity } from '../../sync/shape.ts';
import { fitted } from '../review/settle.ts';
import { nameOf } from './local.ts';

/** Everything in quarantine, as the server opens it for a leader. @throws SyncFault */
export const fetchQuarantine = async (server: ServerClient): Promise<QuarantinedEdit[]> =>
  (await server.call({ method: 'GET', path: '/v1/team/quarantine' }, quarantineAnswer)).edits;

const REASONS: readonly string[] = [...REFUSALS, 'device_revoked'];

/** An edit with names in place of ids. */
export const itemOfEdit = (db: ReadableDb, edit: QuarantinedEdit): QuarantineItem => ({
  id: edit.id,
  by: nameOf(db, edit.userId),
  customerId: edit.customerId,
  customerName:
    edit.customerId === null
      ? null
      : (read<{ name: string }>(db, 'SELECT name FROM customer WHERE id = ?').get(edit.customerId)?.name ??
        null),
  entity: edit.entity,
  op: edit.mutation.op,
  reason: (REASONS.includes(edit.reason) ? edit.reason : 'not_allowed') as QuarantineItem['reason'],
  typedAt: edit.typedAt,
  fields: Object.entries(edit.mutation.fields).map(([field, value]) => ({ field, value })),
  settledAs: edit.settledAs,
  settledAt: edit.settledAt,
});

/** What typing an edit once more, as the leader, changes here. @throws AppError not_found, client_too_old */
export const changesOf = (db: ReadableDb, { mutation }: QuarantinedEdit): Change[] => {
  const { entity } = mutation;
  // written by a newer program: this one cannot type it, and must not say that it did
  if (!isKnownEntity(entity)) throw new AppError('client_too_old');
  return fitted(db, { ...mutation, entity });
};
