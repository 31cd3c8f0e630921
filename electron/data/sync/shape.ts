import { z } from 'zod';
import { type EntityName, entities } from '#shared/domain/entities/index.ts';
import { patchShape } from '#shared/domain/entity.ts';

/** Fields of a record from the server: those this program knows, and the others as they came. */
export interface Shaped {
  known: Record<string, unknown>;
  extra: Record<string, unknown> | null;
}

const shapes = new Map<EntityName, { fields: Set<string>; patch: z.ZodObject }>();

const shapeOf = (entity: EntityName) => {
  const made = shapes.get(entity);
  if (made) return made;
  const { shape } = entities[entity].schema;
  const next = { fields: new Set(Object.keys(shape)), patch: z.object(patchShape(shape as z.ZodRawShape)) };
  shapes.set(entity, next);
  return next;
};

export const isKnownEntity = (entity: string): entity is EntityName => Object.hasOwn(entities, entity);

/** Splits the data of a record; null when a field has a value this program's schema does not know. */
export const shapeData = (entity: EntityName, data: Record<string, unknown>): Shaped | null => {
  const { fields, patch } = shapeOf(entity);
  let extra: Record<string, unknown> | null = null;
  let known = data;
  for (const field of Object.keys(data)) {
    if (fields.has(field)) continue;
    if (!extra) {
      extra = {};
      known = { ...data };
    }
    extra[field] = data[field];
    delete known[field];
  }
  return patch.safeParse(known).success ? { known, extra } : null;
};
