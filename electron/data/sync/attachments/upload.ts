import { AppError } from '#shared/contracts/errors.ts';
import type { AttachmentFiles } from '../../attachments/files.ts';
import { fileRow, noteFile } from '../../attachments/table.ts';
import type { WritableDb } from '../../database/connection.ts';
import { SyncFault } from '../fault.ts';
import type { WireAnswer, WireRequest } from '../transport.ts';
import { contentPath, MOST_TRIES, numberOf, PIECE_BYTES, type Transfer, unforeseen } from './asking.ts';

export interface UploadParts extends Transfer {
  db: WritableDb;
  files: AttachmentFiles;
  now(): Date;
}

type Ask = (request: WireRequest) => Promise<WireAnswer>;

const PATH = '/v1/attachments/tus';
const TUS = { 'tus-resumable': '1.0.0' };

/** Where an upload stands; null when the server does not know it (any more). */
const offsetOf = async (ask: Ask, location: string): Promise<number | null> => {
  const answer = await ask({ method: 'HEAD', path: location, headers: TUS });
  if (answer.status === 404 || answer.status === 410) return null;
  const offset = numberOf(answer, 'upload-offset');
  if (answer.status !== 200 || offset === null) throw unforeseen(answer);
  return offset;
};

/** Begins an upload and answers its place. @throws SyncFault too_large, not_found and others */
const begin = async (ask: Ask, sha256: string, bytes: number): Promise<string> => {
  const answer = await ask({
    method: 'POST',
    path: PATH,
    headers: {
      ...TUS,
      'upload-length': String(bytes),
      'upload-metadata': `sha256 ${Buffer.from(sha256).toString('base64')}`,
    },
  });
  const location = answer.headers.location;
  if (answer.status === 201 && location?.startsWith(`${PATH}/`)) return location;
  throw unforeseen(answer);
};

/** The next piece of a content, up to {@link PIECE_BYTES}. @throws AppError attachment_damaged */
const pieceOf = async (files: AttachmentFiles, sha256: string, at: number): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of files.read(sha256, at)) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= PIECE_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, PIECE_BYTES);
};

/**
 * Sends what the server lacks, piece by piece, from where it stands. Answers true when the server took the last one, for
 * then it has held the whole against its hash; false when the upload is gone.
 */
const sendFrom = async (
  parts: UploadParts,
  ask: Ask,
  { sha256, bytes, location }: { sha256: string; bytes: number; location: string },
  start: number,
): Promise<boolean> => {
  let offset = start;
  let tries = 0;
  for (;;) {
    const piece = await pieceOf(parts.files, sha256, offset);
    const answer = await ask({
      method: 'PATCH',
      path: location,
      headers: { ...TUS, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
      body: new Uint8Array(piece),
    });
    const next = answer.status === 204 ? numberOf(answer, 'upload-offset') : null;
    if (next === null && answer.status !== 409) throw unforeseen(answer);
    if (next !== null && next >= bytes) return true;
    const stands = next ?? (await offsetOf(ask, location));
    if (stands === null) return false;
    tries = stands > offset ? 0 : tries + 1;
    if (tries > MOST_TRIES) throw new SyncFault('no_answer');
    offset = stands;
  }
};

const isThere = async (ask: Ask, sha256: string): Promise<boolean> => {
  const answer = await ask({ method: 'HEAD', path: contentPath(sha256) });
  if (answer.status === 200) return true;
  if (answer.status === 404) return false;
  throw unforeseen(answer);
};

/** Faults that say that this content will not be taken, now or ever; all others stop the round. */
const settleFault = async (parts: UploadParts, sha256: string, error: unknown): Promise<void> => {
  const { db, files, now } = parts;
  if (error instanceof AppError && error.code === 'attachment_damaged')
    return noteFile(db, sha256, { damaged_at: now().toISOString() });
  if (!(error instanceof SyncFault)) throw error;
  if (error.code === 'too_large') return noteFile(db, sha256, { refused: 'too_large', upload: null });
  // no record of it in the scope: it may come back, the next round asks again
  if (error.code === 'not_found') return noteFile(db, sha256, { upload: null });
  if (error.code !== 'invalid') throw error;
  noteFile(db, sha256, { upload: null });
  // the server counted another hash: is it our copy that has changed?
  try {
    for await (const chunk of files.readWhole(sha256)) void chunk;
  } catch {
    noteFile(db, sha256, { damaged_at: now().toISOString() });
  }
};

/**
 * Brings a content to the server, going on where an earlier try was cut. Answers whether the server has it now.
 * @throws SyncFault when the server cannot be asked
 */
export const upload = async (
  parts: UploadParts,
  { sha256, bytes }: { sha256: string; bytes: number },
): Promise<boolean> => {
  const { db, server, signal, now } = parts;
  const ask: Ask = (request) => server.raw(request, signal);
  const keep = (): true => {
    noteFile(db, sha256, { stored_at: now().toISOString(), upload: null, refused: null });
    return true;
  };
  try {
    if (await isThere(ask, sha256)) return keep();
    const known = fileRow(db, sha256)?.upload ?? null;
    const stands = known === null ? null : await offsetOf(ask, known);
    const location = known !== null && stands !== null ? known : await begin(ask, sha256, bytes);
    noteFile(db, sha256, { upload: location });
    // an empty content is there as soon as it is begun
    if (bytes === 0 || (await sendFrom(parts, ask, { sha256, bytes, location }, stands ?? 0))) return keep();
    if (await isThere(ask, sha256)) return keep();
    noteFile(db, sha256, { upload: null });
  } catch (error) {
    await settleFault(parts, sha256, error);
  }
  return false;
};
