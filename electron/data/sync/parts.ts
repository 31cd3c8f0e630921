import type { Book } from '../database/book.ts';
import type { ServerClient } from './server-client.ts';

/** What the engine asks of attachments: bytes are none of its business. */
export interface AttachmentSync {
  sync(server: ServerClient, signal: AbortSignal): Promise<void>;
  purge(customerId: string, server: ServerClient): Promise<void>;
}

/** Where no bytes are to be transferred. */
export const noAttachments: AttachmentSync = {
  sync: async () => undefined,
  purge: async () => undefined,
};

/** What the engine is built from. */
export interface EngineParts {
  book: Book;
  server: ServerClient;
  now(): Date;
  /** The user's own date, YYYY-MM-DD. */
  today(): string;
  appVersion: string;
  attachments: AttachmentSync;
  /** Told of every change of state: phase, problem, progress. */
  onState?(): void;
  /** The device or the user was cut off. */
  onRevoked?(): Promise<void>;
  log?(error: unknown): void;
}
