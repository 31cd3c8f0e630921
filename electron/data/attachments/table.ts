import { type ReadableDb, read, type WritableDb, write } from '../database/connection.ts';

/** What this laptop knows of one content; unknown contents have no row. */
export interface AttachmentFileRow {
  sha256: string;
  stored_at: string | null;
  upload: string | null;
  refused: string | null;
  wanted_at: string | null;
  damaged_at: string | null;
}
type Facts = Omit<AttachmentFileRow, 'sha256'>;

const COLUMNS = [
  'stored_at',
  'upload',
  'refused',
  'wanted_at',
  'damaged_at',
] as const satisfies readonly (keyof Facts)[];

export const fileRow = (db: ReadableDb, sha256: string): AttachmentFileRow | undefined =>
  read<AttachmentFileRow>(db, 'SELECT * FROM attachment_file WHERE sha256 = ?').get(sha256);

/** Notes facts about a content; what is not given stays as it was. */
export const noteFile = (db: WritableDb, sha256: string, facts: Partial<Facts>): void => {
  const row = { ...fileRow(db, sha256), ...facts };
  write(
    db,
    `INSERT OR REPLACE INTO attachment_file (sha256, ${COLUMNS.join(', ')}) VALUES (?, ${COLUMNS.map(() => '?').join(', ')})`,
  ).run(sha256, ...COLUMNS.map((column) => row[column] ?? null));
};

export const forgetFile = (db: WritableDb, sha256: string): void => {
  write(db, 'DELETE FROM attachment_file WHERE sha256 = ?').run(sha256);
};
