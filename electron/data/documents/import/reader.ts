import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import iconv from 'iconv-lite';
import type { ImportDialect } from '#shared/contracts/book.ts';
import { AppError } from '#shared/contracts/errors.ts';
import { type CsvRow, createCsvParser } from '#shared/domain/csv/parser.ts';
import { assertText } from './encoding.ts';

const HEAD = 256 * 1024;
const PIECE = 256 * 1024;

const asUnreadable = (error: unknown, name: string): AppError =>
  error instanceof AppError ? error : new AppError('file_unreadable', { params: { name }, cause: error });

/** @throws invalid_input when there is no such encoding. */
const decoderOf = (encoding: string) => {
  if (!iconv.encodingExists(encoding))
    throw new AppError('invalid_input', { fields: [{ path: 'dialect.encoding', rule: 'validation.value' }] });
  return iconv.getDecoder(encoding);
};

export interface Head {
  head: Buffer;
  /** Size of the file. */
  bytes: number;
  /** Whether the head is all of it. */
  whole: boolean;
}

/** The first bytes of a file. @throws file_unreadable, or not_csv for what is no text. */
export const readHead = async (path: string, name: string): Promise<Head> => {
  try {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      const buffer = Buffer.alloc(Math.min(HEAD, size));
      const { bytesRead } = await file.read(buffer, 0, buffer.length, 0);
      const head = buffer.subarray(0, bytesRead);
      assertText(head);
      return { head, bytes: size, whole: size <= HEAD };
    } finally {
      await file.close();
    }
  } catch (error) {
    throw asUnreadable(error, name);
  }
};

/** The text of some first bytes, up to the last whole line. */
export const headText = ({ head, whole }: Head, encoding: string): string => {
  const text = decoderOf(encoding)
    .write(head)
    .replace(/^\uFEFF/, '');
  if (whole) return text;
  const end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'));
  return end > 0 ? text.slice(0, end) : text;
};

/** A row and how far into the file it is. */
export interface FileRow extends CsvRow {
  bytesRead: number;
}

/** All rows of a file, the header included, as they stream by. @throws file_unreadable */
export async function* readRows(
  path: string,
  name: string,
  dialect: ImportDialect,
): AsyncGenerator<FileRow[]> {
  const decoder = decoderOf(dialect.encoding);
  const parser = createCsvParser(dialect);
  let bytesRead = 0;
  const placed = (rows: Iterable<CsvRow>): FileRow[] => Array.from(rows, (row) => ({ ...row, bytesRead }));
  try {
    for await (const piece of createReadStream(path, { highWaterMark: PIECE })) {
      const isFirst = bytesRead === 0;
      bytesRead += (piece as Buffer).length;
      const text = decoder.write(piece as Buffer);
      yield placed(parser.push(isFirst ? text.replace(/^\uFEFF/, '') : text));
    }
    yield placed(parser.push(decoder.end() ?? ''));
    yield placed(parser.end());
  } catch (error) {
    throw asUnreadable(error, name);
  }
}
