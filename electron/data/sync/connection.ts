import { z } from 'zod';
import { USER_ROLES } from '#shared/domain/entities/team.ts';
import type { ReadableDb, WritableDb } from '../database/connection.ts';
import { write } from '../database/connection.ts';
import { metaOf, setMeta } from '../database/recovery/meta.ts';

const connection = z.object({
  url: z.string(),
  serverName: z.string(),
  username: z.string(),
  deviceName: z.string(),
  deviceId: z.uuid(),
  refreshToken: z.string(),
  /** null: signed out, or the tokens have ended. */
  signedIn: z.boolean(),
  user: z
    .object({ id: z.uuid(), username: z.string(), name: z.string(), role: z.enum(USER_ROLES) })
    .nullable(),
  bookName: z.string().nullable(),
  scope: z.enum(['assigned', 'book']).nullable(),
  /** Last handshake, and for how many days it holds. */
  lease: z.object({ at: z.string(), days: z.number() }).nullable(),
  lastSyncAt: z.string().nullable(),
});
/** The server this book works with, and as whom. Lies in the encrypted database. */
export type Connection = z.infer<typeof connection>;

const KEY = 'sync.connection';

/** null: this book has never met a server. */
export const connectionOf = (db: ReadableDb): Connection | null => {
  const value = metaOf(db, KEY);
  return value === undefined ? null : connection.parse(JSON.parse(value));
};

export const keepConnection = (db: WritableDb, next: Connection): void =>
  setMeta(db, KEY, JSON.stringify(next));

/** Changes parts of the connection. */
export const updateConnection = (db: WritableDb, change: Partial<Connection>): void => {
  const current = connectionOf(db);
  if (current) keepConnection(db, { ...current, ...change });
};

/** My user id on the server; null before the first handshake. */
export const myUserId = (db: ReadableDb): string | null => connectionOf(db)?.user?.id ?? null;

/** Where this laptop stands in the server's sequence; null before a snapshot was taken in. */
export const cursorOf = (db: ReadableDb): string | null => metaOf(db, 'sync.cursor') ?? null;

export const keepCursor = (db: WritableDb, cursor: string): void => setMeta(db, 'sync.cursor', cursor);

/** Forgets a value that {@link metaOf} reads. */
export const dropMeta = (db: WritableDb, key: string): void => {
  write(db, 'DELETE FROM meta WHERE key = ?').run(key);
};
