import { z } from 'zod';
import { type Entities, type EntityName, entities } from '../domain/entities/index.ts';
import { patchShape } from '../domain/entity.ts';
import { id } from '../domain/fields.ts';
import { ids, nothing, receipt } from './common.ts';
import { command, type Method } from './contract.ts';

/** Entities the manager writes directly. What is missing is owned by the bank, or only written by a command with rules. */
export const WRITABLE = [
  'customer',
  'companyContact',
  'relation',
  'tag',
  'visit',
  'promise',
  'task',
  'note',
  'script',
  'savedView',
] as const satisfies readonly EntityName[];
export type WritableName = (typeof WRITABLE)[number];

type Schema<N extends EntityName> = Entities[N]['schema'];
type Draft<N extends EntityName> = Omit<z.input<Schema<N>>, 'createdAt'> & { createdAt?: string };
type ParsedDraft<N extends EntityName> = Omit<z.output<Schema<N>>, 'createdAt'> & { createdAt?: string };
type Patch<N extends EntityName> = Partial<z.input<Schema<N>>>;

type Create<N extends EntityName> = Method<
  z.ZodType<{ id: string; fields: ParsedDraft<N> }, { id: string; fields: Draft<N> }>,
  typeof receipt
> & { kind: 'command' };
type Update<N extends EntityName> = Method<
  z.ZodType<{ id: string; fields: Patch<N> }, { id: string; fields: Patch<N> }>,
  typeof receipt
> & { kind: 'command' };
type Remove = Method<typeof removeInput, typeof receipt> & { kind: 'command' };

export type RecordContracts = {
  [N in WritableName as `${N}.create`]: Create<N>;
} & { [N in WritableName as `${N}.update`]: Update<N> } & { [N in WritableName as `${N}.remove`]: Remove };

const removeInput = z.strictObject({ ids: ids(1_000) });

/** A patch: any subset of the fields, without the defaults that creation would fill in. */
export const patchSchema = (entity: EntityName): z.ZodType => {
  const { createdAt, importId, ...shape } = entities[entity].schema.shape as Record<string, z.ZodType>;
  return z
    .strictObject(patchShape(shape))
    .refine((fields) => Object.keys(fields).length > 0, { message: 'validation.nothingToChange' });
};

/** A draft: the entity's schema, where the moment of creation may be left to the store. */
export const draftSchema = (entity: EntityName): z.ZodType => {
  const { createdAt, importId, ...shape } = entities[entity].schema.shape as Record<string, z.ZodType>;
  if (!createdAt) throw new Error(`entity ${entity} has no createdAt`);
  return z.strictObject({ ...shape, createdAt: createdAt.optional(), ...(importId && { importId }) });
};

/** create, update and remove of every entity the manager writes, derived from its schema. The page chooses the id. */
export const recordContracts = Object.fromEntries(
  WRITABLE.flatMap((name) => [
    [`${name}.create`, command(z.strictObject({ id: id(), fields: draftSchema(name) }), receipt)],
    [`${name}.update`, command(z.strictObject({ id: id(), fields: patchSchema(name) }), receipt)],
    [`${name}.remove`, command(removeInput, receipt)],
  ]),
) as unknown as RecordContracts;

/** Takes back a whole command, as far as nobody changed the same fields since. */
export const undoContract = {
  'undo.command': command(
    z.strictObject({ commandId: z.uuid() }),
    z.strictObject({ commandId: z.uuid(), undone: z.number().int(), skipped: z.number().int() }),
  ),
  /** The newest command that can still be taken back, for Ctrl+Z. */
  'undo.last': command(
    nothing,
    z.strictObject({ commandId: z.uuid().nullable(), undone: z.number().int(), skipped: z.number().int() }),
  ),
};
