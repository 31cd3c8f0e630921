import { createHash, randomUUID } from 'node:crypto';
import { MOST_ATTACHMENT_BYTES } from '#shared/contracts/attachments.ts';
import { Fault } from '../http/fault.ts';
import type { Database, Sql } from '../store/database.ts';
import type { Viewer } from '../store/scope.ts';
import { customersNaming, grant } from './access.ts';
import { dropChunks, readChunks } from './chunks.ts';

/** Unfinished uploads are kept so long after their last piece. */
const KEPT_DAYS = 7;
const MOST_OPEN = 30;
/** What one book may hold where nothing else is configured. */
export const BOOK_BYTES = 20 * 1024 ** 3;

export interface Upload {
  id: string;
  sha256: string;
  bytes: number;
  received: number;
  expires_at: string;
}
const COLUMNS = 'id, sha256, bytes, received, expires_at';
const EXPIRES = `now() + interval '${KEPT_DAYS} days'`;

/** Removes what of a book's uploads nobody has gone on with. */
const expire = async (sql: Sql, bookId: string): Promise<void> => {
  const ended = await sql.query<{ id: string }>(
    'DELETE FROM attachment_upload WHERE book_id = $1 AND expires_at < now() RETURNING id',
    [bookId],
  );
  for (const { id } of ended) await dropChunks(sql, bookId, id);
};

/** @throws Fault too_large, rate_limited */
const checkRoom = async (sql: Sql, viewer: Viewer, bytes: number, bookBytes: number): Promise<void> => {
  if (bytes > MOST_ATTACHMENT_BYTES)
    throw new Fault('too_large', { detail: `most is ${MOST_ATTACHMENT_BYTES}` });
  const [held] = await sql.query<{ bytes: number; open: number }>(
    `SELECT (SELECT coalesce(sum(bytes), 0) FROM attachment_blob WHERE book_id = $1)::bigint
          + (SELECT coalesce(sum(bytes), 0) FROM attachment_upload WHERE book_id = $1)::bigint AS bytes,
       (SELECT count(*) FROM attachment_upload WHERE book_id = $1 AND account_id = $2) AS open`,
    [viewer.bookId, viewer.accountId],
  );
  if ((held?.bytes ?? 0) + bytes > bookBytes) throw new Fault('too_large', { detail: 'the book is full' });
  if ((held?.open ?? 0) >= MOST_OPEN)
    throw new Fault('rate_limited', { detail: 'too many uploads', retryAfter: 60 });
};

/** Begins an upload. @throws Fault not_found when no record the user may write names it, too_large, rate_limited */
export const beginUpload = async (
  db: Database,
  viewer: Viewer,
  { sha256, bytes }: { sha256: string; bytes: number },
  bookBytes: number,
): Promise<Upload> =>
  db.transaction(async (sql) => {
    await expire(sql, viewer.bookId);
    if ((await customersNaming(sql, viewer, sha256)).length === 0) throw new Fault('not_found');
    await checkRoom(sql, viewer, bytes, bookBytes);
    const [upload] = await sql.query<Upload>(
      `INSERT INTO attachment_upload (book_id, id, account_id, sha256, bytes, expires_at)
       VALUES ($1, $2, $3, $4, $5, ${EXPIRES}) RETURNING ${COLUMNS}`,
      [viewer.bookId, randomUUID(), viewer.accountId, sha256, bytes],
    );
    return upload as Upload;
  });

/** An upload of this user. @throws Fault not_found */
export const findUpload = async (sql: Sql, viewer: Viewer, id: string): Promise<Upload> => {
  const [upload] = await sql.query<Upload>(
    `SELECT ${COLUMNS} FROM attachment_upload
     WHERE book_id = $1 AND id = $2 AND account_id = $3 AND expires_at >= now()`,
    [viewer.bookId, id, viewer.accountId],
  );
  if (!upload) throw new Fault('not_found');
  return upload;
};

/**
 * Keeps a piece at its place. Of two requests that bring the same piece, also to two servers, one is taken.
 * @throws Fault conflict when the upload has moved on
 */
export const keepPiece = (
  db: Database,
  viewer: Viewer,
  { id, at, piece }: { id: string; at: number; piece: Buffer },
): Promise<number> =>
  db.transaction(async (sql) => {
    const [upload] = await sql.query<{ received: number }>(
      `UPDATE attachment_upload SET received = received + $5, expires_at = ${EXPIRES}
       WHERE book_id = $1 AND id = $2 AND account_id = $3 AND received = $4 AND received + $5 <= bytes
       RETURNING received`,
      [viewer.bookId, id, viewer.accountId, at, piece.length],
    );
    if (!upload) throw new Fault('conflict', { detail: 'the upload is at another place' });
    await sql.query(
      'INSERT INTO attachment_chunk (book_id, upload_id, start, content) VALUES ($1, $2, $3, $4)',
      [viewer.bookId, id, at, piece],
    );
    return upload.received;
  });

/** Ends an upload and takes its bytes away. */
export const dropUpload = (db: Database, viewer: Viewer, id: string): Promise<void> =>
  db.transaction(async (sql) => {
    const [upload] = await sql.query(
      'DELETE FROM attachment_upload WHERE book_id = $1 AND id = $2 AND account_id = $3 RETURNING id',
      [viewer.bookId, id, viewer.accountId],
    );
    if (upload) await dropChunks(sql, viewer.bookId, id);
  });

/**
 * Holds what has arrived against its hash and keeps it; without a copy, for the chunks become the content.
 * @throws Fault invalid when it is something else; nothing of it is kept then
 */
export const finishUpload = async (db: Database, viewer: Viewer, upload: Upload): Promise<void> => {
  const { bookId } = viewer;
  const hash = createHash('sha256');
  const whole = { bookId, uploadId: upload.id, from: 0, to: upload.bytes };
  for await (const chunk of readChunks(db, whole)) hash.update(chunk);
  if (hash.digest('hex') !== upload.sha256) {
    await dropUpload(db, viewer, upload.id);
    throw new Fault('invalid', { detail: 'sha256: the content is another one' });
  }
  await db.transaction(async (sql) => {
    await sql.query(
      `INSERT INTO attachment_blob (book_id, sha256, bytes, upload_id) VALUES ($1, $2, $3, $4)
       ON CONFLICT (book_id, sha256) DO NOTHING`,
      [bookId, upload.sha256, upload.bytes, upload.id],
    );
    await grant(sql, bookId, upload.sha256, await customersNaming(sql, viewer, upload.sha256));
    await sql.query('DELETE FROM attachment_upload WHERE book_id = $1 AND id = $2', [bookId, upload.id]);
    // somebody else's upload of the same content came first
    await sql.query(
      `DELETE FROM attachment_chunk c WHERE c.book_id = $1 AND c.upload_id = $2 AND NOT EXISTS (
         SELECT 1 FROM attachment_blob b WHERE b.book_id = $1 AND b.upload_id = $2)`,
      [bookId, upload.id],
    );
  });
};
