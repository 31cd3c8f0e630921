import type { HandshakeAnswer } from '#shared/sync/protocol.ts';
import type { Book } from '../database/book.ts';
import type { WritableDb } from '../database/connection.ts';
import type { ServerClient } from './server-client.ts';

/** What a round counts: for the screen and for sync's own history. */
export interface RoundReport {
  pushed: number;
  refused: number;
  merged: number;
  pulled: number;
  conflicts: number;
  purged: number;
}

export const emptyReport = (): RoundReport => ({
  pushed: 0,
  refused: 0,
  merged: 0,
  pulled: 0,
  conflicts: 0,
  purged: 0,
});

export interface Progress {
  phase: 'today' | 'customers' | 'rest' | 'changes' | 'sending';
  done: number;
  total: number | null;
}

/** What the steps of a round share. */
export interface RoundContext {
  book: Book;
  db: WritableDb;
  server: ServerClient;
  handshake: HandshakeAnswer;
  /** Names the round in the history. */
  syncId: string;
  now(): Date;
  /** The user's date, for what is due today. */
  today(): string;
  report: RoundReport;
  progress(progress: Progress): void;
  /** Lets requests of pages run; throws when the round is to stop. */
  breathe(): Promise<void>;
  signal: AbortSignal;
}

/** The round stops and asks a person: a page would remove much. */
export class ManyDeletions extends Error {
  readonly count: number;
  /** Some of the customers it is about, for a person to recognise. */
  readonly customers: string[];
  constructor(count: number, customers: string[]) {
    super('many deletions');
    this.name = 'ManyDeletions';
    this.count = count;
    this.customers = customers;
  }
}
