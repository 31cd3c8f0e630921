import { parse } from 'csv-parse';
import { detectForm } from '#shared/domain/csv/dialect.ts';
import { Fault } from '../../http/fault.ts';

/** A file as it comes, piece by piece. */
export type Source = AsyncIterable<Uint8Array>;

export interface CsvLine {
  /** Line of the file the record begins in, from 1. */
  line: number;
  cells: string[];
}

const SAMPLE = 16_384;

const decode = async function* (source: Source, encoding: string): AsyncGenerator<string> {
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(encoding, { fatal: true });
  } catch {
    throw new Fault('invalid', { detail: `encoding: ${encoding} is not known; utf-8, gb18030 and big5 are` });
  }
  const read = (bytes?: Uint8Array): string => {
    try {
      return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
    } catch {
      throw new Fault('invalid', {
        detail: `the file is not ${encoding}: give --encoding gb18030 for a file of an older Chinese system`,
      });
    }
  };
  for await (const bytes of source) yield read(bytes);
  yield read();
};

/** Reads a CSV as it comes; separator and quote are found out from its beginning. @throws Fault invalid */
export const readCsv = async function* (source: Source, encoding = 'utf-8'): AsyncGenerator<CsvLine> {
  const texts = decode(source, encoding);
  let sample = '';
  while (sample.length < SAMPLE) {
    const { value, done } = await texts.next();
    if (done) break;
    sample += value;
  }
  const { separator, quote } = detectForm(sample);
  const parser = parse({
    delimiter: separator,
    quote,
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: 1_000_000,
  });
  const feed = async (): Promise<void> => {
    const send = (text: string): Promise<void> =>
      new Promise((resolve) => (parser.write(text) ? resolve() : parser.once('drain', resolve)));
    try {
      await send(sample);
      for await (const text of texts) await send(text);
      parser.end();
    } catch (error) {
      parser.destroy(error as Error);
    }
  };
  const fed = feed();
  let next = 1;
  try {
    for await (const { record, info } of parser as AsyncIterable<{
      record: string[];
      info: { lines: number };
    }>) {
      yield { line: next, cells: record };
      next = info.lines + 1;
    }
  } catch (error) {
    if (error instanceof Fault) throw error;
    throw new Fault('invalid', { detail: `line ${next}: ${(error as Error).message}`.slice(0, 300) });
  }
  await fed;
};
