import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { parse } from 'csv-parse';
import iconv from 'iconv-lite';
import type { ImportDialect } from '#shared/contracts/book.ts';
import { AppError } from '#shared/contracts/errors.ts';
import { isBinary } from './encoding.ts';

const HEAD = 256 * 1024;
/** A record longer than this is a quote that was never closed. */
const LONGEST_RECORD = 4 * 1024 * 1024;

/** The first bytes of a file, its size, and whether that is all of it. @throws file_unreadable for what is no text. */
export const readHead = async (
  path: string,
  name: string,
): Promise<{ head: Buffer; bytes: number; whole: boolean }> => {
  try {
    const { size } = await stat(path);
    const file = await open(path, 'r');
    try {
      const head = Buffer.alloc(Math.min(HEAD, size));
      await file.read(head, 0, head.length, 0);
      if (isBinary(head)) throw new AppError('file_unreadable', { params: { name } });
      return { head, bytes: size, whole: size <= HEAD };
    } finally {
      await file.close();
    }
  } catch (error) {
    throw error instanceof AppError
      ? error
      : new AppError('file_unreadable', { params: { name }, cause: error });
  }
};

export interface CsvRow {
  /** Line of the file where the record starts, from 1. */
  line: number;
  cells: string[];
  /** Bytes of the file that were read so far. */
  bytesRead: number;
}

/** The parser's settings: forgiving about quotes and widths, so that one bad line does not hide the rest. */
const settings = (dialect: ImportDialect) => ({
  delimiter: dialect.separator,
  quote: dialect.quote || null,
  bom: true,
  info: true as const,
  relax_quotes: true,
  relax_column_count: true,
  skip_empty_lines: true,
  skip_records_with_error: true,
  max_record_size: LONGEST_RECORD,
  record_delimiter: ['\r\n', '\n', '\r'],
});

/** All records of a file, one after the other, without holding the file in memory. The header is left out. */
export async function* readRows(path: string, name: string, dialect: ImportDialect): AsyncGenerator<CsvRow> {
  let bytesRead = 0;
  const source = createReadStream(path);
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytesRead += chunk.length;
      done(null, chunk);
    },
  });
  const parser = parse(settings(dialect));
  const fail = (error: Error): void => void parser.destroy(error);
  source.on('error', fail);
  source.pipe(counter).pipe(iconv.decodeStream(dialect.encoding)).on('error', fail).pipe(parser);
  let first = dialect.hasHeader;
  let line = 1;
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      const cells = record.map((cell) => cell.replaceAll('\u0000', '').toWellFormed());
      if (first) first = false;
      else if (cells.some((cell) => cell.trim() !== '')) yield { line, cells, bytesRead };
      line = info.lines + 1;
    }
  } catch (error) {
    throw new AppError('file_unreadable', { params: { name }, cause: error });
  } finally {
    source.destroy();
  }
}
