import type { z } from 'zod';
import { AppError, fieldIssuesOf } from '#shared/contracts/errors.ts';
import { entities } from '#shared/domain/entities/index.ts';
import { type Fields, isKnown } from './subject.ts';

/**
 * Values that a person chose for fields of a record, before they are planned.
 * @throws invalid_input at the field; not_allowed for an entity this program does not know
 */
export const checkFields = (entity: string, fields: Fields): void => {
  if (!isKnown(entity)) throw new AppError('not_allowed');
  const shape = entities[entity].schema.shape as Record<string, z.ZodType>;
  for (const [field, value] of Object.entries(fields)) {
    const schema = Object.hasOwn(shape, field) ? shape[field] : undefined;
    if (!schema)
      throw new AppError('invalid_input', { fields: [{ path: field, rule: 'validation.unknownKey' }] });
    const parsed = schema.safeParse(value);
    if (parsed.success) continue;
    const [issue] = fieldIssuesOf(parsed.error);
    throw new AppError('invalid_input', {
      fields: [{ ...(issue ?? { rule: 'validation.value' }), path: field }],
    });
  }
};
