import { Fault } from '../http/fault.ts';
import { seesWholeBook, type Viewer } from './scope.ts';
import type { BookRow } from './seq.ts';

/** Where a client stands: everything up to (seq, within) in order of effective seq. */
export interface Position {
  seq: number;
  within: number;
}

const scopeLetter = (viewer: Pick<Viewer, 'role'>): string => (seesWholeBook(viewer) ? 'b' : 'a');

/** The cursor as the client keeps it: epoch, scope, position. */
export const writeCursor = (book: BookRow, viewer: Pick<Viewer, 'role'>, { seq, within }: Position): string =>
  `${book.epoch}.${scopeLetter(viewer)}.${seq}.${within}`;

/** The position after everything up to a seq. */
export const endOf = (seq: number): Position => ({ seq, within: Number.MAX_SAFE_INTEGER });

/** @throws Fault resnapshot when the cursor is of another epoch or scope, from the future, or older than the tombstones kept. */
export const readCursor = (book: BookRow, viewer: Pick<Viewer, 'role'>, cursor: string): Position => {
  const [epoch, scope, seq, within] = cursor.split('.');
  const position = { seq: Number(seq), within: Number(within) };
  const again = (detail: string): Fault => new Fault('resnapshot', { detail });
  if (!Number.isSafeInteger(position.seq) || !Number.isSafeInteger(position.within))
    throw again('cursor unreadable');
  if (epoch !== book.epoch) throw again('another epoch');
  if (scope !== scopeLetter(viewer)) throw again('another scope');
  if (position.seq > book.seq) throw again('cursor beyond the head');
  if (position.seq < book.horizon) throw again('cursor older than the tombstones kept');
  return position;
};
