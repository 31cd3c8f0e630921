import { isUtf8 } from 'node:buffer';
import { analyse } from 'chardet';
import { AppError } from '#shared/contracts/errors.ts';

/** What a file that is no text is, by its first bytes. */
const SIGNATURES: [kind: string, bytes: number[]][] = [
  ['XLSX / ZIP', [0x50, 0x4b, 0x03, 0x04]],
  ['XLS', [0xd0, 0xcf, 0x11, 0xe0]],
  ['PDF', [0x25, 0x50, 0x44, 0x46]],
  ['GZIP', [0x1f, 0x8b]],
  ['BZIP2', [0x42, 0x5a, 0x68]],
  ['7Z', [0x37, 0x7a, 0xbc, 0xaf]],
  ['RAR', [0x52, 0x61, 0x72, 0x21]],
];
const MARKS: [encoding: string, bytes: number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

const startsWith = (bytes: Uint8Array, start: readonly number[]): boolean =>
  start.every((byte, n) => bytes[n] === byte);

/** @throws not_csv when the bytes are those of a workbook, an archive or another file that is no text. */
export const assertText = (bytes: Uint8Array): void => {
  const kind = SIGNATURES.find(([, start]) => startsWith(bytes, start))?.[0];
  if (kind) throw new AppError('not_csv', { params: { kind } });
};

/** UTF-16 without a mark: every other byte of Latin text, separators and digits is zero. */
const utf16Of = (bytes: Uint8Array): string | null => {
  let even = 0;
  let odd = 0;
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    if (bytes[at] === 0) even++;
    if (bytes[at + 1] === 0) odd++;
  }
  const pairs = bytes.length / 2;
  if (odd > pairs * 0.2 && even < odd / 10) return 'utf-16le';
  return even > pairs * 0.2 && odd < even / 10 ? 'utf-16be' : null;
};

/** Control characters that no table of people and amounts has. */
const assertFewControls = (bytes: Uint8Array): void => {
  let controls = 0;
  for (const byte of bytes) if (byte < 9 || (byte > 13 && byte < 32)) controls++;
  if (controls > 3 && controls > bytes.length * 0.02)
    throw new AppError('not_csv', { params: { kind: '?' } });
};

/** Without the bytes of a character that the end of the sample cut. */
const wholeUtf8 = (bytes: Uint8Array): Uint8Array => {
  let end = bytes.length;
  while (end > 0 && end > bytes.length - 4 && ((bytes[end - 1] ?? 0) & 0xc0) === 0x80) end--;
  return (bytes[end - 1] ?? 0) >= 0xc0 ? bytes.subarray(0, end - 1) : bytes;
};

/** Names by which the detector and we call the encodings we read. */
const LEGACY: Record<string, string> = {
  GB18030: 'gb18030',
  Big5: 'big5',
  'ISO-8859-1': 'latin1',
  'windows-1252': 'latin1',
};

/** GB18030 pairs that are common Chinese: in Latin text the same bytes would be strings of accented letters. */
const chineseShare = (bytes: Uint8Array): number => {
  let pairs = 0;
  let high = 0;
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at] as number;
    if (lead < 0x80) continue;
    high++;
    const trail = bytes[at + 1] ?? 0;
    if (lead >= 0xb0 && lead <= 0xf7 && trail >= 0xa1) {
      pairs++;
      high++;
      at++;
    }
  }
  return high === 0 ? 0 : (2 * pairs) / high;
};

/**
 * The encoding of a file by its first bytes: a mark, UTF-16, UTF-8, else what the letters look like: Chinese as GB18030
 * or Big5, or Latin-1. @throws not_csv for files that are no text.
 */
export const detectEncoding = (bytes: Uint8Array): string => {
  assertText(bytes);
  const marked = MARKS.find(([, mark]) => startsWith(bytes, mark))?.[0];
  if (marked) return marked;
  const wide = utf16Of(bytes);
  if (wide) return wide;
  assertFewControls(bytes);
  if (isUtf8(wholeUtf8(bytes))) return 'utf-8';
  const guesses = analyse(bytes).filter((guess) => guess.name in LEGACY);
  const best = LEGACY[guesses[0]?.name ?? ''] ?? 'latin1';
  const share = chineseShare(bytes);
  if (best === 'latin1' && share > 0.8) return 'gb18030';
  return best === 'gb18030' && share < 0.3 ? 'latin1' : best;
};
