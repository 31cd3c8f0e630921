import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { AttachmentsAdded } from '#shared/contracts/attachments.ts';
import { AppError } from '#shared/contracts/errors.ts';
import type { Parsed } from '#shared/contracts/registry.ts';
import { attachmentName } from '#shared/domain/rules/attachment-name.ts';
import type { Change } from '#shared/sync/mutation.ts';
import { creation } from '../changes.ts';
import { asAppError } from '../database/errors.ts';
import { derivedId } from '../derived-id.ts';
import type { EffectContext } from '../feature.ts';
import type { Job } from '../jobs/jobs.ts';
import { livingRecord } from '../repositories/customers/outlook.ts';
import type { AttachmentFiles, Kept } from './files.ts';
import { takeIntake } from './intakes.ts';
import { mediaTypeOf } from './media-type.ts';
import { noteFile } from './table.ts';

type Input = Parsed<'attachment.add'>;
const READ_BYTES = 256 * 1024;

/** Opens a plain file; a pipe, a device or a folder is none, and must not be waited for. @throws file_unreadable */
const openPlain = async (path: string, name: string): Promise<FileHandle> => {
  const unreadable = (cause?: unknown) => new AppError('file_unreadable', { params: { name }, cause });
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch(
    (error: unknown) => {
      throw unreadable(error);
    },
  );
  if ((await handle.stat()).isFile()) return handle;
  await handle.close();
  throw unreadable();
};

const keepFile = async (
  files: AttachmentFiles,
  { path, name }: { path: string; name: string },
  job: Job,
): Promise<Kept> => {
  const handle = await openPlain(path, name);
  try {
    const { size } = await handle.stat();
    const intake = await files.intake();
    try {
      for await (const chunk of handle.createReadStream({ highWaterMark: READ_BYTES, autoClose: false })) {
        await intake.write(chunk as Buffer);
        job.progress(intake.bytes, size, 'attach');
        await job.breathe();
      }
      return await intake.keep();
    } catch (error) {
      await intake.drop();
      throw error;
    }
  } finally {
    await handle.close();
  }
};

/** Takes the contents in and then writes all records in one command, so that one undo takes them back. */
const addAll = async (input: Input, context: EffectContext, job: Job): Promise<AttachmentsAdded> => {
  const { attachments: files, book, commandId, at } = context;
  const changes: Change[] = [];
  const failed: AttachmentsAdded['failed'] = [];
  for (const [n, source] of input.sources.entries()) {
    let name = 'upload' in source ? attachmentName(source.name) : '';
    try {
      let kept: Kept;
      if ('upload' in source) kept = await takeIntake(files, source.upload).keep();
      else {
        const chosen = await context.files.resolve(source.file);
        name = attachmentName(chosen.name);
        kept = await keepFile(files, chosen, job);
      }
      noteFile(book.writable, kept.sha256, {
        damaged_at: null,
        wanted_at: null,
        // the server is asked again: another customer may be new to it
        stored_at: null,
        refused: null,
      });
      changes.push(
        creation('attachment', derivedId('attachment', commandId, n), {
          customerId: input.customerId,
          visitId: input.visitId ?? null,
          noteId: input.noteId ?? null,
          name,
          mediaType: mediaTypeOf(kept.head, name),
          bytes: kept.bytes,
          sha256: kept.sha256,
          createdAt: at,
        }),
      );
    } catch (error) {
      const { code } = asAppError(error);
      if (code === 'cancelled') throw error;
      failed.push({ name, code });
    }
  }
  const result = { commandId, added: changes.length, failed };
  if (changes.length > 0)
    book.commit({ commandId, name: 'attachment.add', changes, result: null, at, actor: 'me' });
  return result;
};

/** Keeps files with a customer, as a job. @throws not_found when the customer, the visit or the note is not there */
export const addAttachments = (input: Input, context: EffectContext): { jobId: string } => {
  livingRecord(context.db, 'customer', input.customerId);
  if (input.visitId) livingRecord(context.db, 'visit', input.visitId);
  if (input.noteId) livingRecord(context.db, 'note', input.noteId);
  return { jobId: context.jobs.start('attach', (job) => addAll(input, context, job)) };
};
