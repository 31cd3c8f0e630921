import type { Entities, EntityName } from '../domain/entities/index.ts';
import type { DraftOf, PatchOf } from '../domain/entity.ts';
import type { Change } from './mutation.ts';

/** A new record of a plan. */
export const creation = <N extends EntityName>(
  entity: N,
  id: string,
  fields: DraftOf<Entities[N]>,
): Change => ({
  entity,
  id,
  op: 'create',
  fields: fields as Record<string, unknown>,
});

/** Changed fields of a record. */
export const updating = <N extends EntityName>(
  entity: N,
  id: string,
  fields: PatchOf<Entities[N]>,
): Change => ({
  entity,
  id,
  op: 'update',
  fields: fields as Record<string, unknown>,
});
