import { z } from 'zod';
import { attachment } from '../domain/entities/index.ts';
import { id, instant, requiredText } from '../domain/fields.ts';
import { byId, fileToken, ids, jobStarted, nothing, page, receipt } from './common.ts';
import { command, query } from './contract.ts';

/** A larger file is refused, here and by the server. */
export const MOST_ATTACHMENT_BYTES = 50 * 1024 * 1024;
/** Largest piece the page sends of a file it was given by drop or paste. */
export const MOST_PIECE_BYTES = 1024 * 1024;
/** A larger picture is saved and looked at elsewhere. */
export const MOST_PREVIEW_BYTES = 12 * 1024 * 1024;

/**
 * local: only here, there is no server · waiting: to be uploaded · refused: the server does not take it ·
 * stored: here and on the server · remote: only on the server · fetching: asked for · damaged: cannot be read here.
 */
export const ATTACHMENT_STATES = [
  'local',
  'waiting',
  'refused',
  'stored',
  'remote',
  'fetching',
  'damaged',
] as const;
export type AttachmentState = (typeof ATTACHMENT_STATES)[number];

const { customerId, visitId, noteId, name, mediaType, bytes } = attachment.schema.shape;

const attachmentRow = z.strictObject({
  id: id(),
  customerId,
  visitId: id().nullable(),
  noteId: id().nullable(),
  name,
  mediaType,
  bytes,
  createdAt: instant(),
  state: z.enum(ATTACHMENT_STATES),
  /** It can be shown in the page: a picture or plain text. */
  preview: z.enum(['picture', 'text']).nullable(),
});
export type AttachmentRow = z.infer<typeof attachmentRow>;

/** A file of a dialog by its token, or one the page has sent in pieces. */
const source = z.union([
  z.strictObject({ file: fileToken }),
  z.strictObject({ upload: id(), name: z.string().max(1_000) }),
]);

/** Result of the job of `attachment.add`. */
export interface AttachmentsAdded {
  commandId: string;
  added: number;
  /** Files that could not be taken, each with the error code. */
  failed: { name: string; code: string }[];
}

/** Files kept with customers, visits and notes. */
export const attachmentContract = {
  'attachment.list': query(
    z.strictObject({
      customerId: id().optional(),
      visitId: id().optional(),
      noteId: id().optional(),
      ...page,
    }),
    z.strictObject({ total: z.number().int(), rows: z.array(attachmentRow) }),
  ),
  /** Takes one piece of a file of the page; the first one begins it, at 0. */
  'attachment.send': command(
    z.strictObject({
      upload: id(),
      at: z.number().int().min(0).max(MOST_ATTACHMENT_BYTES),
      piece: z.instanceof(Uint8Array).refine((piece) => piece.byteLength <= MOST_PIECE_BYTES, {
        message: 'validation.tooBig',
      }),
    }),
    z.strictObject({ bytes: z.number().int() }),
  ),
  /** Keeps files with a customer; one command for all of them. The job's result is AttachmentsAdded. */
  'attachment.add': command(
    z.strictObject({
      customerId,
      visitId: visitId.optional(),
      noteId: noteId.optional(),
      sources: z.array(source).min(1).max(50),
    }),
    jobStarted,
  ),
  'attachment.rename': command(z.strictObject({ id: id(), name: requiredText(255) }), receipt),
  'attachment.remove': command(z.strictObject({ ids: ids(1_000) }), receipt),
  /** Writes a copy to where the user chose. */
  'attachment.saveAs': command(
    z.strictObject({ id: id(), file: fileToken }),
    z.strictObject({ bytes: z.number().int() }),
    'export',
  ),
  /** The content of a picture or a plain text, for the page to show. */
  'attachment.preview': query(
    byId,
    z.strictObject({ mediaType: z.string(), content: z.instanceof(Uint8Array) }),
  ),
  /** Asks for the bytes of a file that lies on the server only; they come with the next round. */
  'attachment.fetch': command(byId, nothing),
};
