import { z } from 'zod';
import { AppError } from '#shared/contracts/errors.ts';
import { type EntityName, entities } from '#shared/domain/entities/index.ts';
import { patchShape } from '#shared/domain/entity.ts';
import { assertChangeAllowed } from '#shared/domain/rules/change-guards.ts';
import type { Change } from '#shared/sync/mutation.ts';
import type { Refusal, WireMutation } from '#shared/sync/protocol.ts';
import { isKnownEntity, type StoredRecord } from './record.ts';

/** Why a mutation is refused. */
export interface Refused {
  reason: Refusal;
  field?: string;
}

/** What people may write of a dispute the server noted. */
const SETTLING = ['settledAs', 'settledBy', 'settledAt'];

const patches = new Map<EntityName, z.ZodObject>();
const patchOf = (entity: EntityName): z.ZodObject => {
  const known = patches.get(entity);
  if (known) return known;
  const made = z.strictObject(patchShape(entities[entity].schema.shape as z.ZodRawShape));
  patches.set(entity, made);
  return made;
};

const checkOwnership = (mutation: WireMutation): Refused | null => {
  if (!isKnownEntity(mutation.entity)) return { reason: 'unknown_entity' };
  const { merge } = entities[mutation.entity];
  if (merge === 'server') return { reason: 'owned_by_bank' };
  if (merge === 'derived' || merge === 'local') return { reason: 'not_allowed' };
  if (mutation.entity !== 'fieldConflict') return null;
  const other = Object.keys(mutation.fields).find((field) => !SETTLING.includes(field));
  return mutation.op === 'update' && other === undefined ? null : { reason: 'not_allowed' };
};

/** A newer program may send fields that are not known here: they are kept, unchecked. */
const checkValues = (mutation: WireMutation): Refused | null => {
  if (mutation.op !== 'create' && mutation.op !== 'update') return null;
  const entity = mutation.entity as EntityName;
  const known = entities[entity];
  const isNewer = mutation.schemaVersion > known.version;
  const fields = isNewer
    ? Object.fromEntries(Object.entries(mutation.fields).filter(([field]) => field in known.schema.shape))
    : mutation.fields;
  const parsed = (mutation.op === 'create' ? known.schema : patchOf(entity)).safeParse(fields);
  if (parsed.success) return null;
  const [issue] = parsed.error.issues;
  const field = issue?.code === 'unrecognized_keys' ? issue.keys[0] : issue?.path[0];
  return { reason: 'invalid_value', ...(field !== undefined && { field: String(field).slice(0, 80) }) };
};

const checkGuards = (
  mutation: WireMutation,
  held: StoredRecord | undefined,
  batch: readonly WireMutation[],
): Refused | null => {
  const change = mutation as Change;
  try {
    assertChangeAllowed({
      change,
      current: held && !held.deleted ? held.data : null,
      command: 'sync',
      batch: batch as readonly Change[],
    });
    return null;
  } catch (error) {
    if (error instanceof AppError && (error.code === 'locked_record' || error.code === 'not_allowed'))
      return { reason: error.code };
    throw error;
  }
};

/** Whether a mutation may be applied, apart from whose customer it is about. */
export const checkMutation = (
  mutation: WireMutation,
  held: StoredRecord | undefined,
  batch: readonly WireMutation[],
): Refused | null =>
  checkOwnership(mutation) ??
  (mutation.op === 'update' && !held ? { reason: 'unknown_record' as const } : null) ??
  (mutation.op === 'restore' && !held ? { reason: 'unknown_record' as const } : null) ??
  checkValues(mutation) ??
  checkGuards(mutation, held, batch);
