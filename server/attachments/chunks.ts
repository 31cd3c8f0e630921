import type { Sql } from '../store/database.ts';

/** The bytes of an upload from `from` up to, not including, `to`; one chunk is in memory at a time. */
export async function* readChunks(
  sql: Sql,
  { bookId, uploadId, from, to }: { bookId: string; uploadId: string; from: number; to: number },
): AsyncGenerator<Buffer> {
  let at = from;
  while (at < to) {
    const [chunk] = await sql.query<{ start: number; content: Uint8Array }>(
      `SELECT start, content FROM attachment_chunk WHERE book_id = $1 AND upload_id = $2 AND start <= $3
       ORDER BY start DESC LIMIT 1`,
      [bookId, uploadId, at],
    );
    const end = chunk ? chunk.start + chunk.content.length : 0;
    if (!chunk || end <= at) throw new Error('a chunk of an attachment is missing');
    const bytes = Buffer.from(chunk.content.buffer, chunk.content.byteOffset, chunk.content.length);
    yield bytes.subarray(at - chunk.start, Math.min(bytes.length, to - chunk.start));
    at = Math.min(end, to);
  }
}

export const dropChunks = async (sql: Sql, bookId: string, uploadId: string): Promise<void> => {
  await sql.query('DELETE FROM attachment_chunk WHERE book_id = $1 AND upload_id = $2', [bookId, uploadId]);
};

/** Removes contents of a book that no record names any more, not even a removed one. Answers how many. */
export const dropUnnamed = async (sql: Sql, bookId: string): Promise<number> => {
  const gone = await sql.query<{ sha256: string; upload_id: string }>(
    `DELETE FROM attachment_blob b WHERE b.book_id = $1 AND NOT EXISTS (
       SELECT 1 FROM record r WHERE r.book_id = $1 AND r.entity = 'attachment' AND r.data ->> 'sha256' = b.sha256)
     RETURNING sha256, upload_id`,
    [bookId],
  );
  for (const { sha256, upload_id } of gone) {
    await dropChunks(sql, bookId, upload_id);
    await sql.query('DELETE FROM attachment_grant WHERE book_id = $1 AND sha256 = $2', [bookId, sha256]);
  }
  return gone.length;
};
