import { z } from 'zod';

/**
 * How two edits of one record are brought together (docs/spec/sync.md):
 * fields: per-field last writer wins with stamps · append: rows are only added · text: three-way text merge
 * derived: computed here, never synced · server: owned by the bank, read-only here · local: this device only.
 */
export type MergeClass = 'fields' | 'append' | 'text' | 'derived' | 'server' | 'local';

/**
 * Whose scope a record falls under: the customer reached by this field (its writer, where it names none), the record itself,
 * its owner alone, or everybody who works in the book.
 */
export type ScopePath = 'self' | 'customerId' | 'owner' | 'book';

/** One synced kind of record, declared once; tables, codecs, contracts and sync are derived from it. */
export interface EntityDefinition<Name extends string = string, Shape extends z.ZodRawShape = z.ZodRawShape> {
  readonly name: Name;
  readonly schema: z.ZodObject<Shape>;
  readonly merge: MergeClass;
  readonly scope: ScopePath;
  /** Fields of merge class text that are merged three-way; the others of the record are replaced. */
  readonly texts: readonly string[];
  /** Version of the schema; part of every mutation, so that an older peer can park what it does not know. */
  readonly version: number;
}

/** Declares an entity. The schema must not contain `id`; every record has one. */
export const defineEntity = <Name extends string, Shape extends z.ZodRawShape>(
  definition: Omit<EntityDefinition<Name, Shape>, 'schema' | 'version' | 'texts'> & {
    fields: Shape;
    version?: number;
    texts?: readonly (keyof Shape & string)[];
  },
): EntityDefinition<Name, Shape> => ({
  name: definition.name,
  schema: z.strictObject(definition.fields) as z.ZodObject<Shape>,
  merge: definition.merge,
  scope: definition.scope,
  texts: definition.texts ?? [],
  version: definition.version ?? 1,
});

/** A stored record: all fields present (null is unknown) and its id. */
export type RecordOf<E extends EntityDefinition> = z.output<E['schema']> & { id: string };

/** What a caller may give when creating a record: fields with defaults may be left out. */
export type DraftOf<E extends EntityDefinition> = z.input<E['schema']>;

/** What a caller may give when changing a record: any subset of fields. */
export type PatchOf<E extends EntityDefinition> = Partial<z.output<E['schema']>>;

/** What a shape becomes in a patch: every field may be left out, and none fills in its default. */
export type PatchShape<Shape extends z.ZodRawShape> = {
  [K in keyof Shape]: z.ZodOptional<
    Shape[K] extends z.ZodDefault<infer Inner extends z.ZodType> ? Inner : Shape[K]
  >;
};

/**
 * The fields of a patch. Zod's own `partial()` will not do: it lets the defaults of creation stand in for fields that
 * were left out, and a patch of one field would then wipe the others.
 */
export const patchShape = <Shape extends z.ZodRawShape>(shape: Shape): PatchShape<Shape> =>
  Object.fromEntries(
    Object.entries(shape as unknown as Record<string, z.ZodType>).map(([key, field]) => [
      key,
      (field instanceof z.ZodDefault ? (field.unwrap() as z.ZodType) : field).optional(),
    ]),
  ) as PatchShape<Shape>;
