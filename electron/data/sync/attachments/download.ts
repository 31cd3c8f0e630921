import { MOST_ATTACHMENT_BYTES } from '#shared/contracts/attachments.ts';
import type { AttachmentFiles } from '../../attachments/files.ts';
import type { SealedWriter } from '../../attachments/sealed-writer.ts';
import { SyncFault } from '../fault.ts';
import { contentPath, PIECE_BYTES, type Transfer, unforeseen } from './asking.ts';

export interface DownloadParts extends Transfer {
  files: AttachmentFiles;
}
export type Downloaded = 'here' | 'absent' | 'wrong';

/** The next piece; null when the server has no such content, or none at this place. */
const fetchPiece = async (
  { server, signal }: Transfer,
  sha256: string,
  from: number,
  to: number,
): Promise<Uint8Array | null> => {
  const answer = await server.raw(
    { method: 'GET', path: contentPath(sha256), headers: { range: `bytes=${from}-${to - 1}` } },
    signal,
  );
  if (answer.status === 404 || answer.status === 416) return null;
  if (!(answer.body instanceof Uint8Array)) throw unforeseen(answer);
  const starts = /^bytes (\d+)-/.exec(answer.headers['content-range'] ?? '')?.[1];
  if (answer.status === 206 && Number(starts) === from) return answer.body.subarray(0, to - from);
  // something on the way does not know ranges and sends all of it
  if (answer.status === 200) return answer.body.subarray(from, to);
  throw unforeseen(answer);
};

const fill = async (parts: Transfer, part: SealedWriter, sha256: string, bytes: number): Promise<boolean> => {
  while (part.bytes < bytes) {
    const to = Math.min(part.bytes + PIECE_BYTES, bytes);
    const piece = await fetchPiece(parts, sha256, part.bytes, to);
    if (piece === null) return false;
    if (piece.length === 0) throw new SyncFault('no_answer');
    await part.write(piece);
  }
  return true;
};

/**
 * Fetches a content, going on where an earlier try was cut. It is only here when it is what its hash says.
 * @throws SyncFault when the server cannot be asked; what has come is kept for the next try
 */
export const download = async (
  parts: DownloadParts,
  { sha256, bytes }: { sha256: string; bytes: number },
): Promise<Downloaded> => {
  if (bytes > MOST_ATTACHMENT_BYTES) return 'wrong';
  const part = await parts.files.part(sha256);
  try {
    if (!(await fill(parts, part, sha256, bytes))) return 'absent';
  } finally {
    // what is missing comes later; a finished part is opened again for nothing but its end
    if (part.bytes < bytes) await part.close();
  }
  return (await parts.files.keepPart(sha256, part)) ? 'here' : 'wrong';
};
