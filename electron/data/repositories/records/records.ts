import { WRITABLE, type WritableName } from '#shared/contracts/records.ts';
import type { EntityName } from '#shared/domain/entities/index.ts';
import type { Change } from '#shared/sync/mutation.ts';
import { codecs } from '../../database/codec.ts';
import { type ReadableDb, read } from '../../database/connection.ts';
import type { CommandContext, Feature, Plan } from '../../feature.ts';

interface CreateInput {
  id: string;
  fields: Record<string, unknown>;
}
interface RemoveInput {
  ids: string[];
}
type Receipt = { commandId: string; id: string | null };

/** Entities that hang below a customer and go with it. */
const CHILDREN = (Object.keys(codecs) as EntityName[]).filter(
  (name) => name !== 'customer' && codecs[name].columns.some((column) => column.field === 'customerId'),
);

const planCreate = (entity: WritableName, input: CreateInput, context: CommandContext): Plan<Receipt> => ({
  changes: [
    {
      entity,
      id: input.id,
      op: 'create',
      fields: { ...input.fields, createdAt: input.fields.createdAt ?? context.at },
    },
  ],
  value: { commandId: context.commandId, id: input.id },
});

const planUpdate = (entity: WritableName, input: CreateInput, context: CommandContext): Plan<Receipt> => ({
  changes: [{ entity, id: input.id, op: 'update', fields: input.fields }],
  value: { commandId: context.commandId, id: input.id },
});

const present = (db: ReadableDb, entity: EntityName, ids: readonly string[], column: string): string[] =>
  ids.flatMap((id) =>
    read<{ id: string }>(db, `SELECT id FROM ${codecs[entity].table} WHERE ${column} = ? AND deleted = 0`)
      .all(id)
      .map((row) => row.id),
  );

/** Records below the customers that are removed, so that one undo brings everything back. */
const childrenOf = (db: ReadableDb, customerIds: readonly string[]): Change[] =>
  CHILDREN.flatMap((entity) =>
    present(db, entity, customerIds, 'customer_id').map(
      (id): Change => ({ entity, id, op: 'delete', fields: {} }),
    ),
  );

const planRemove = (entity: WritableName, input: RemoveInput, context: CommandContext): Plan<Receipt> => {
  const ids = [...new Set(input.ids)];
  const changes = present(context.db, entity, ids, 'id').map(
    (id): Change => ({ entity, id, op: 'delete', fields: {} }),
  );
  const below = entity === 'customer' ? childrenOf(context.db, ids) : [];
  return { changes: [...below, ...changes], value: { commandId: context.commandId, id: ids[0] ?? null } };
};

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
