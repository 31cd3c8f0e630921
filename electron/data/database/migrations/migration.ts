import type { WritableDb } from '../connection.ts';

/** One step of the schema. Steps are numbered without gaps, never edited once released, and run once each. */
export interface Migration {
  version: number;
  name: string;
  sql?: string;
  /** For what SQL cannot say; runs after `sql`, in the same transaction. */
  run?(db: WritableDb): void;
}
