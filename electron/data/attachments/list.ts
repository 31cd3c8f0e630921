import {
  type AttachmentRow,
  type AttachmentState,
  MOST_PREVIEW_BYTES,
} from '#shared/contracts/attachments.ts';
import type { Output, Parsed } from '#shared/contracts/registry.ts';
import type { Attachment } from '#shared/domain/entities/index.ts';
import type { ReadableDb } from '../database/connection.ts';
import { sql } from '../repositories/customers/sql.ts';
import { namedPage } from '../repositories/named-rows.ts';
import { connectionOf } from '../sync/connection.ts';
import type { AttachmentFiles } from './files.ts';
import { fileRow } from './table.ts';

const MOST_TEXT_BYTES = 512 * 1024;

/** Where the bytes of a content are. */
export const stateOf = (
  db: ReadableDb,
  files: AttachmentFiles,
  sha256: string,
  connected = connectionOf(db) !== null,
): AttachmentState => {
  const row = fileRow(db, sha256);
  if (row?.wanted_at) return 'fetching';
  if (row?.damaged_at) return 'damaged';
  if (!files.has(sha256)) return 'remote';
  if (row?.stored_at) return 'stored';
  if (row?.refused) return 'refused';
  return connected ? 'waiting' : 'local';
};

/** How the page can show a content; null when it cannot, or only others can do it safely. */
export const previewOf = ({
  mediaType,
  bytes,
}: Pick<Attachment, 'mediaType' | 'bytes'>): AttachmentRow['preview'] => {
  if (mediaType.startsWith('text/')) return bytes <= MOST_TEXT_BYTES ? 'text' : null;
  const isPicture = /^image\/(png|jpeg|gif|webp)$/.test(mediaType);
  return isPicture && bytes <= MOST_PREVIEW_BYTES ? 'picture' : null;
};

/** A page of attachments, newest first. */
export const listAttachments = (
  db: ReadableDb,
  files: AttachmentFiles,
  { customerId, visitId, noteId, offset, limit }: Parsed<'attachment.list'>,
): Output<'attachment.list'> => {
  const { total, rows } = namedPage<Attachment>(db, {
    entity: 'attachment',
    where: [
      ...(customerId ? [sql('t.customer_id = ?', customerId)] : []),
      ...(visitId ? [sql('t.visit_id = ?', visitId)] : []),
      ...(noteId ? [sql('t.note_id = ?', noteId)] : []),
    ],
    order: 't.created_at DESC, t.id DESC',
    offset,
    limit,
  });
  const connected = connectionOf(db) !== null;
  return {
    total,
    rows: rows.map((one) => ({
      id: one.id,
      customerId: one.customerId,
      visitId: one.visitId,
      noteId: one.noteId,
      name: one.name,
      mediaType: one.mediaType,
      bytes: one.bytes,
      createdAt: one.createdAt,
      state: stateOf(db, files, one.sha256, connected),
      preview: previewOf(one),
    })),
  };
};
