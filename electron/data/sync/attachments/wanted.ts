import type { AttachmentFiles } from '../../attachments/files.ts';
import { type ReadableDb, read } from '../../database/connection.ts';

/** Contents up to this size come by themselves, larger ones when somebody asks for them. */
export const SMALL_BYTES = 1024 * 1024;
/** So many of the newest: who looks after a whole team does not carry all its files along. */
const MOST_BY_THEMSELVES = 500;

export interface Content {
  sha256: string;
  bytes: number;
}

const LIVING = 'a.deleted = 0 AND a.sha256 IS NOT NULL';
/** The server is asked for a content once it has the record. */
const KNOWN = 'a.server_seq IS NOT NULL';
const TO_SEND = 'f.stored_at IS NULL AND f.refused IS NULL AND f.damaged_at IS NULL';

const contents = (where: string): string =>
  `SELECT a.sha256, max(a.bytes) AS bytes, max(f.wanted_at IS NOT NULL) AS asked
   FROM attachment a LEFT JOIN attachment_file f ON f.sha256 = a.sha256 WHERE ${LIVING} AND ${where}
   GROUP BY a.sha256 ORDER BY max(f.wanted_at) DESC, max(a.created_at) DESC`;

/** Contents that are here and, as far as is known, not on the server. Those of one customer: also before it shows the record. */
export const contentsToSend = (db: ReadableDb, files: AttachmentFiles, customerId?: string): Content[] =>
  (customerId === undefined
    ? read<Content>(db, contents(`${KNOWN} AND ${TO_SEND}`)).all()
    : read<Content>(db, contents(`a.customer_id = ? AND ${TO_SEND}`)).all(customerId)
  ).filter(({ sha256 }) => files.has(sha256));

/** Contents that were asked for, and small new ones that are not here. */
export const contentsToFetch = (db: ReadableDb, files: AttachmentFiles): (Content & { asked: boolean })[] =>
  read<Content & { asked: number }>(
    db,
    `${contents(`${KNOWN} AND (f.wanted_at IS NOT NULL OR a.bytes <= ${SMALL_BYTES})`)} LIMIT ${MOST_BY_THEMSELVES}`,
  )
    .all()
    .map(({ sha256, bytes, asked }) => ({ sha256, bytes, asked: asked === 1 }))
    .filter(({ sha256, asked }) => asked || !files.has(sha256));

/** Contents that only records of this customer name. */
export const contentsOnlyOf = (db: ReadableDb, customerId: string): string[] =>
  read<{ sha256: string }>(
    db,
    `SELECT DISTINCT sha256 FROM attachment a WHERE customer_id = ? AND sha256 IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM attachment o WHERE o.sha256 = a.sha256 AND o.customer_id <> a.customer_id)`,
  )
    .all(customerId)
    .map(({ sha256 }) => sha256);
