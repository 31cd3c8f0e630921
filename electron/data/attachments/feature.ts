import { Readable } from 'node:stream';
import type { DataEvent } from '#shared/contracts/envelope.ts';
import { AppError } from '#shared/contracts/errors.ts';
import type { Output, Parsed } from '#shared/contracts/registry.ts';
import type { Attachment } from '#shared/domain/entities/index.ts';
import { attachmentName } from '#shared/domain/rules/attachment-name.ts';
import { updating } from '../changes.ts';
import { writeWhole } from '../documents/export/whole-file.ts';
import { defineFeature, type QueryContext } from '../feature.ts';
import { livingRecord } from '../repositories/customers/outlook.ts';
import { removalOf } from '../repositories/records/below.ts';
import { connectionOf } from '../sync/connection.ts';
import { addAttachments } from './add.ts';
import { takePiece } from './intakes.ts';
import { listAttachments, previewOf } from './list.ts';
import { pictureType } from './media-type.ts';
import { fileRow, noteFile } from './table.ts';

const changed = (): DataEvent => ({ event: 'changed', changes: [{ entity: 'attachment' }] });
const attachmentOf = ({ db }: Pick<QueryContext, 'db'>, id: string): Attachment =>
  livingRecord<Attachment>(db, 'attachment', id);

/** Reads a content whole and notes when it is damaged. */
async function* noting({ attachments, book, now }: QueryContext, sha256: string): AsyncGenerator<Buffer> {
  try {
    yield* attachments.readWhole(sha256);
  } catch (error) {
    if (error instanceof AppError && error.code === 'attachment_damaged')
      noteFile(book.writable, sha256, { damaged_at: now().toISOString() });
    throw error;
  }
}

const preview = async (
  { id }: Parsed<'attachment.preview'>,
  context: QueryContext,
): Promise<Output<'attachment.preview'>> => {
  const record = attachmentOf(context, id);
  const form = previewOf(record);
  if (!form) throw new AppError('not_allowed');
  const chunks: Buffer[] = [];
  for await (const chunk of noting(context, record.sha256)) chunks.push(chunk);
  const content = new Uint8Array(Buffer.concat(chunks));
  // what a peer claims counts for nothing: only what is a picture is shown as one
  const picture = pictureType(Buffer.from(content.buffer, 0, Math.min(16, content.length)));
  if ((form === 'picture') !== (picture !== null)) throw new AppError('not_allowed');
  return { mediaType: picture ?? 'text/plain', content };
};

/** Files kept with customers, visits and notes. */
export const attachments = defineFeature({
  queries: {
    'attachment.list': (input, context) => listAttachments(context.db, context.attachments, input),
    'attachment.preview': preview,
  },
  commands: {
    'attachment.rename': ({ id, name }, context) => {
      attachmentOf(context, id);
      return {
        changes: [updating('attachment', id, { name: attachmentName(name) })],
        value: { commandId: context.commandId, id },
      };
    },
    'attachment.remove': ({ ids }, { db, commandId }) => ({
      changes: removalOf(db, 'attachment', ids),
      value: { commandId, id: ids[0] ?? null },
    }),
  },
  effects: {
    'attachment.send': async (input, { attachments: files }) => ({ bytes: await takePiece(files, input) }),
    'attachment.add': addAttachments,
    'attachment.saveAs': async ({ id, file }, context) => {
      const record = attachmentOf(context, id);
      const { path } = await context.files.resolve(file);
      await writeWhole(path, Readable.from(noting(context, record.sha256)));
      return { bytes: record.bytes };
    },
    'attachment.fetch': ({ id }, { attachments: files, book, db, now, emit, sync }) => {
      const { sha256 } = attachmentOf({ db }, id);
      const damaged = fileRow(db, sha256)?.damaged_at != null;
      if (!connectionOf(db)) throw new AppError('offline');
      // a damaged content stays until a whole one takes its place
      if (damaged || !files.has(sha256)) {
        noteFile(book.writable, sha256, { damaged_at: null, wanted_at: now().toISOString() });
        emit(changed());
        sync.touch();
      }
      return {};
    },
  },
});
