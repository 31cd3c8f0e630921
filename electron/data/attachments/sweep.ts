import { type ReadableDb, read } from '../database/connection.ts';
import type { AttachmentFiles } from './files.ts';

/** A removed attachment can be brought back for so long. */
const KEPT_DAYS = 30;
const DAY_MS = 86_400_000;

/** Contents that are named by a record, or by one whose removal may still be taken back. */
const namedContents = (db: ReadableDb, now: Date): string[] =>
  read<{ sha256: string }>(
    db,
    `SELECT DISTINCT a.sha256 FROM attachment a
     WHERE a.sha256 IS NOT NULL AND (a.deleted = 0 OR EXISTS (
       SELECT 1 FROM change c WHERE c.entity = 'attachment' AND c.record_id = a.id AND c.op = 'delete' AND c.typed_at > ?))`,
  )
    .all(new Date(now.getTime() - KEPT_DAYS * DAY_MS).toISOString())
    .map(({ sha256 }) => sha256);

/** Removes contents that nothing names any more. Answers how many; 0 when the folder cannot be read or written. */
export const sweepAttachments = (db: ReadableDb, files: AttachmentFiles, now: Date): number => {
  try {
    return files.sweep(namedContents(db, now), new Date(now.getTime() - DAY_MS));
  } catch {
    // to tidy up is never worth a book that does not open
    return 0;
  }
};
