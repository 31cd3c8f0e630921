import type { EntityName } from '../domain/entities/index.ts';
import type { Stamp } from './clock.ts';

export const OPERATIONS = ['create', 'update', 'delete', 'restore'] as const;
export type Operation = (typeof OPERATIONS)[number];

/** What a command wants done to one record: for `create` all fields that are not defaults, for `update` the changed ones. */
export interface Change {
  entity: EntityName;
  id: string;
  op: Operation;
  fields: Record<string, unknown>;
}

/** Stamps of a record's fields; `*` is the stamp of every field that has none of its own. */
export type FieldStamps = Record<string, Stamp>;

/** A change as it was applied here and as it will be pushed (docs/spec/sync.md). */
export interface Mutation extends Change {
  /** Values the changed fields had before, null where the record did not exist. */
  before: Record<string, unknown> | null;
  /** Stamps the changed fields had before: what the server decides conflicts by. */
  base: FieldStamps;
  stamp: Stamp;
  schemaVersion: number;
}

/** The stamp of one field. */
export const stampOf = (stamps: FieldStamps, field: string): Stamp | undefined =>
  stamps[field] ?? stamps['*'];
