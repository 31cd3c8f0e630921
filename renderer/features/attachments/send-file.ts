import { v7 as uuid } from 'uuid';
import { MOST_ATTACHMENT_BYTES } from '#shared/contracts/attachments.ts';
import { AppError } from '#shared/contracts/errors.ts';
import { call } from '../../app/data-client.ts';

const PIECE_BYTES = 512 * 1024;

/**
 * Sends a file that was dropped or pasted to the data process, piece by piece; answers what it is called there.
 * @throws AppError attachment_too_large, file_unreadable (a folder, or gone meanwhile)
 */
export const sendFile = async (file: File, onBytes: (done: number) => void): Promise<string> => {
  if (file.size > MOST_ATTACHMENT_BYTES)
    throw new AppError('attachment_too_large', {
      params: { megabytes: MOST_ATTACHMENT_BYTES / 1024 / 1024 },
    });
  const upload = uuid();
  let at = 0;
  do {
    const piece = await file
      .slice(at, at + PIECE_BYTES)
      .arrayBuffer()
      .catch((cause: unknown) => {
        throw new AppError('file_unreadable', { params: { name: file.name }, cause });
      });
    await call('attachment.send', { upload, at, piece: new Uint8Array(piece) });
    at += PIECE_BYTES;
    onBytes(Math.min(at, file.size));
  } while (at < file.size);
  return upload;
};
