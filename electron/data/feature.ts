import type { DataEvent } from '#shared/contracts/envelope.ts';
import type { CommandName, Output, Parsed, QueryName } from '#shared/contracts/registry.ts';
import type { Change } from '#shared/sync/mutation.ts';
import type { AttachmentFiles } from './attachments/files.ts';
import type { Book } from './database/book.ts';
import type { ReadableDb } from './database/connection.ts';
import type { Jobs } from './jobs/jobs.ts';
import type { SyncService } from './sync/service.ts';

/** A file the user chose: main keeps the path, the data process asks for it by token. */
export interface ChosenFiles {
  resolve(token: string): Promise<{ path: string; name: string }>;
}

/** What every query may use. */
export interface QueryContext {
  db: ReadableDb;
  now(): Date;
  jobs: Jobs;
  files: ChosenFiles;
  /** Contents of attachments. */
  attachments: AttachmentFiles;
  sync: SyncService;
  book: Book;
}

/** What a planning command may use: it reads, and answers with what is to change. */
export interface CommandContext extends QueryContext {
  commandId: string;
  /** The instant of the command, as it will be written. */
  at: string;
}

/** The changes of a command and its answer; the router commits them in one transaction. */
export interface Plan<Value> {
  changes: Change[];
  value: Value;
  /** Command this one takes back. */
  undoes?: string;
  /** Review entry this one settles. */
  settles?: { id: string; how: string };
  /** Drafts that became these records and are dropped once they are committed. */
  dropDrafts?: string[];
}

/** What an effect may use: jobs, files, settings, backups; records are still only written by `book.commit`. */
export interface EffectContext extends CommandContext {
  emit(event: DataEvent): void;
}

type Queries = {
  [M in QueryName]?: (input: Parsed<M>, context: QueryContext) => Output<M> | Promise<Output<M>>;
};
type Commands = { [M in CommandName]?: (input: Parsed<M>, context: CommandContext) => Plan<Output<M>> };
type Effects = {
  [M in CommandName]?: (input: Parsed<M>, context: EffectContext) => Output<M> | Promise<Output<M>>;
};

/** The handlers of one feature. A method is handled once: as query, as planning command, or as effect. */
export interface Feature {
  queries?: Queries;
  commands?: Commands;
  effects?: Effects;
}

/** Names the type of a feature without widening it. */
export const defineFeature = (feature: Feature): Feature => feature;
