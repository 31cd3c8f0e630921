import type { EntityName } from '../domain/entities/index.ts';
import { fieldKind } from '../presentation/field-kinds.ts';
import { WRITABLE } from './records.ts';

/** What only signing writes. */
const SIGNED = /^(state|version|signedBy|signedAt)$/;

/** Whether a person may type into the field at all; contacts that took place are corrected by a new one. */
export const isTypable = (entity: string, field: string): entity is EntityName =>
  fieldKind(entity, field) !== null &&
  (entity === 'visitReport' ? !SIGNED.test(field) : (WRITABLE as readonly string[]).includes(entity));
