import { AppError } from '#shared/contracts/errors.ts';
import { WRITABLE, type WritableName } from '#shared/contracts/records.ts';
import { type ReadableDb, read } from '../../database/connection.ts';
import type { CommandContext, Feature, Plan } from '../../feature.ts';
import { removalOf } from './below.ts';

interface CreateInput {
  id: string;
  fields: Record<string, unknown>;
}
interface RemoveInput {
  ids: string[];
}
type Receipt = { commandId: string; id: string | null };

/** A record hangs below a customer who is there. */
const checkCustomer = (db: ReadableDb, fields: Record<string, unknown>): void => {
  if (typeof fields.customerId !== 'string') return;
  const living = read<{ id: string }>(db, 'SELECT id FROM customer WHERE id = ? AND deleted = 0').get(
    fields.customerId,
  );
  if (!living)
    throw new AppError('invalid_input', {
      fields: [{ path: 'fields.customerId', rule: 'validation.value' }],
    });
};

const planCreate = (entity: WritableName, input: CreateInput, context: CommandContext): Plan<Receipt> => {
  checkCustomer(context.db, input.fields);
  const fields = { ...input.fields, createdAt: input.fields.createdAt ?? context.at };
  return {
    changes: [{ entity, id: input.id, op: 'create', fields }],
    value: { commandId: context.commandId, id: input.id },
  };
};

const planUpdate = (entity: WritableName, input: CreateInput, context: CommandContext): Plan<Receipt> => {
  checkCustomer(context.db, input.fields);
  return {
    changes: [{ entity, id: input.id, op: 'update', fields: input.fields }],
    value: { commandId: context.commandId, id: input.id },
  };
};

const planRemove = (entity: WritableName, input: RemoveInput, context: CommandContext): Plan<Receipt> => ({
  changes: removalOf(context.db, entity, input.ids),
  value: { commandId: context.commandId, id: input.ids[0] ?? null },
});

/** create, update and remove of every entity the manager writes. */
export const records = {
  commands: Object.fromEntries(
    WRITABLE.flatMap((name) => [
      [`${name}.create`, (input: CreateInput, context: CommandContext) => planCreate(name, input, context)],
      [`${name}.update`, (input: CreateInput, context: CommandContext) => planUpdate(name, input, context)],
      [`${name}.remove`, (input: RemoveInput, context: CommandContext) => planRemove(name, input, context)],
    ]),
  ),
} as Feature;
