import { AppError } from '#shared/contracts/errors.ts';
import type { AttachmentFiles, Intake } from './files.ts';

/** A page that sends more at once has forgotten some. */
const MOST_OPEN = 60;

const open = new WeakMap<AttachmentFiles, Map<string, Intake>>();

const intakesOf = (files: AttachmentFiles): Map<string, Intake> => {
  const known = open.get(files) ?? new Map<string, Intake>();
  open.set(files, known);
  return known;
};

const begin = async (files: AttachmentFiles, upload: string): Promise<Intake> => {
  const intakes = intakesOf(files);
  const [oldest] = intakes;
  if (intakes.size >= MOST_OPEN && oldest) {
    intakes.delete(oldest[0]);
    await oldest[1].drop();
  }
  const intake = await files.intake();
  intakes.set(upload, intake);
  return intake;
};

/**
 * Takes one piece of a file that the page sends; a repeated piece is taken once. Answers the bytes taken so far.
 * @throws not_found for a piece that does not follow what is there
 */
export const takePiece = async (
  files: AttachmentFiles,
  { upload, at, piece }: { upload: string; at: number; piece: Uint8Array },
): Promise<number> => {
  const intakes = intakesOf(files);
  const intake = intakes.get(upload) ?? (at === 0 ? await begin(files, upload) : undefined);
  if (!intake || at > intake.bytes) throw new AppError('not_found', { params: { entity: 'attachment' } });
  if (at + piece.length <= intake.bytes) return intake.bytes;
  if (at !== intake.bytes) throw new AppError('conflict');
  try {
    await intake.write(piece);
  } catch (error) {
    intakes.delete(upload);
    throw error;
  }
  return intake.bytes;
};

/** Hands over what the page has sent; it is the caller's then. @throws not_found */
export const takeIntake = (files: AttachmentFiles, upload: string): Intake => {
  const intakes = intakesOf(files);
  const intake = intakes.get(upload);
  if (!intake) throw new AppError('not_found', { params: { entity: 'attachment' } });
  intakes.delete(upload);
  return intake;
};
