/** How a CSV file is written. */
export interface CsvForm {
  separator: string;
  /** The quote, or '' when there are none. */
  quote: string;
}

export interface CsvRow {
  /** Line of the file on which the row begins, from 1. */
  line: number;
  cells: string[];
  /** A quote was opened and never closed: it was read as a letter. */
  openQuote: boolean;
}

/** A quoted cell longer than this has lost its closing quote. */
const LONGEST_QUOTED = 256 * 1024;

const isBreak = (code: number): boolean => code === 10 || code === 13;

/**
 * Reads rows from text that arrives in pieces. Takes every kind of line end, quotes inside quotes, and quotes that were
 * never closed: one of those costs its row, not the rest of the file, which is why no library does this for us.
 */
export const createCsvParser = ({ separator, quote }: CsvForm) => {
  const separatorCode = separator.charCodeAt(0);
  const width = separator.length;
  let buffer = '';
  let line = 1;
  let isFinal = false;

  const isSeparator = (at: number): boolean =>
    buffer.charCodeAt(at) === separatorCode && (width === 1 || buffer.startsWith(separator, at));

  const endOfPlain = (from: number): number => {
    let at = from;
    while (at < buffer.length && !isSeparator(at) && !isBreak(buffer.charCodeAt(at))) at++;
    return at;
  };

  /** Cell and the place behind it; null when more text is needed; 'open' when the quote is none. */
  const quotedCell = (start: number): { text: string; end: number } | 'open' | null => {
    let from = start + 1;
    let text = '';
    let strayAt = -1;
    for (;;) {
      const close = buffer.indexOf(quote, from);
      if (close < 0) return isFinal || buffer.length - start > LONGEST_QUOTED ? 'open' : null;
      if (close - start > LONGEST_QUOTED) return 'open';
      if (strayAt >= 0 && /[\r\n]/.test(buffer.slice(strayAt, close))) return 'open';
      if (close + 1 >= buffer.length && !isFinal) return null;
      text += buffer.slice(from, close);
      if (buffer[close + 1] === quote) {
        text += quote;
        from = close + 2;
        continue;
      }
      let end = close + 1;
      while (buffer[end] === ' ' && !isSeparator(end)) end++;
      if (end >= buffer.length && !isFinal) return null;
      if (end >= buffer.length || isSeparator(end) || isBreak(buffer.charCodeAt(end))) return { text, end };
      // A quote inside that nobody doubled: it stays, and the cell must end on this line.
      if (strayAt < 0) strayAt = close;
      text += quote;
      from = close + 1;
    }
  };

  const linesBetween = (from: number, to: number): number => {
    let count = 0;
    for (let at = from; at < to; at++) {
      const code = buffer.charCodeAt(at);
      if (code === 10 || (code === 13 && buffer.charCodeAt(at + 1) !== 10)) count++;
    }
    return count;
  };

  /** The row that begins at a place, and the place behind its line end; null when more text is needed. */
  const rowAt = (start: number): { row: CsvRow; next: number } | null => {
    const row: CsvRow = { line, cells: [], openQuote: false };
    let at = start;
    for (;;) {
      let cell: { text: string; end: number } | null = null;
      if (quote !== '' && buffer[at] === quote) {
        const quoted = quotedCell(at);
        if (quoted === null) return null;
        if (quoted === 'open') row.openQuote = true;
        else cell = quoted;
      }
      if (!cell) {
        const end = endOfPlain(at);
        cell = { text: buffer.slice(at, end), end };
      }
      row.cells.push(cell.text);
      at = cell.end;
      if (at >= buffer.length) return isFinal ? { row, next: at } : null;
      if (isSeparator(at)) {
        at += width;
        continue;
      }
      const isReturn = buffer.charCodeAt(at) === 13;
      if (isReturn && at + 1 >= buffer.length && !isFinal) return null;
      return { row, next: isReturn && buffer.charCodeAt(at + 1) === 10 ? at + 2 : at + 1 };
    }
  };

  function* rows(): Generator<CsvRow> {
    let at = 0;
    while (at < buffer.length) {
      const read = rowAt(at);
      if (!read) break;
      line += linesBetween(at, read.next);
      at = read.next;
      if (read.row.cells.some((cell) => cell.trim() !== '')) yield read.row;
    }
    buffer = buffer.slice(at);
  }

  return {
    /** Rows that are complete with this piece; rows without any content are left out. */
    *push(text: string): Generator<CsvRow> {
      // A NUL says nothing and cannot be stored.
      buffer += text.includes('\u0000') ? text.replaceAll('\u0000', '') : text;
      yield* rows();
    },
    /** What is left when the file ends. */
    *end(): Generator<CsvRow> {
      isFinal = true;
      yield* rows();
    },
  };
};

/** All rows of a text. */
export const parseCsv = (text: string, form: CsvForm): CsvRow[] => {
  const parser = createCsvParser(form);
  return [...parser.push(text), ...parser.end()];
};
