import iconv from 'iconv-lite';

export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'latin1'] as const;
export type Encoding = (typeof ENCODINGS)[number];

const hasBom = (head: Buffer, ...bytes: number[]): boolean =>
  bytes.every((byte, index) => head[index] === byte);

/** Share of NUL bytes on even and on odd places: what tells UTF-16 without a mark. */
const nulShares = (head: Buffer): { even: number; odd: number } => {
  let even = 0;
  let odd = 0;
  for (let index = 0; index < head.length; index++) {
    if (head[index] !== 0) continue;
    if (index % 2 === 0) even += 1;
    else odd += 1;
  }
  const half = Math.max(1, head.length / 2);
  return { even: even / half, odd: odd / half };
};

const isUtf8 = (head: Buffer): boolean => {
  // the head may end within a letter: up to three bytes of it are forgiven
  for (let cut = 0; cut < 4; cut++) {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(head.subarray(0, head.length - cut));
      return true;
    } catch {
      // try again without the last byte
    }
  }
  return false;
};

const isGb18030 = (head: Buffer): boolean => {
  const text = iconv.decode(head.subarray(0, head.length - 3), 'gb18030');
  const han = text.match(/[\u3400-\u9fff]/g)?.length ?? 0;
  const strange = text.match(/[\ufffd\ue000-\uf8ff]/g)?.length ?? 0;
  return han > 0 && strange * 20 < han;
};

/** The encoding of a text file by its first bytes. */
export const detectEncoding = (head: Buffer): Encoding => {
  if (hasBom(head, 0xef, 0xbb, 0xbf)) return 'utf-8';
  if (hasBom(head, 0xff, 0xfe)) return 'utf-16le';
  if (hasBom(head, 0xfe, 0xff)) return 'utf-16be';
  const { even, odd } = nulShares(head);
  if (odd > 0.3 && even < 0.1) return 'utf-16le';
  if (even > 0.3 && odd < 0.1) return 'utf-16be';
  if (isUtf8(head)) return 'utf-8';
  return isGb18030(head) ? 'gb18030' : 'latin1';
};

const SIGNATURES: readonly (readonly number[])[] = [
  [0x50, 0x4b, 0x03, 0x04], // zip, xlsx, docx
  [0xd0, 0xcf, 0x11, 0xe0], // xls, doc
  [0x1f, 0x8b], // gz
  [0x42, 0x5a, 0x68], // bz2
  [0x25, 0x50, 0x44, 0x46], // pdf
];

/** true for files that are no text in any encoding we read. */
export const isBinary = (head: Buffer): boolean => {
  if (SIGNATURES.some((signature) => hasBom(head, ...signature))) return true;
  if (detectEncoding(head).startsWith('utf-16')) return false;
  let control = 0;
  for (const byte of head) if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) control += 1;
  return control > head.length / 50 + 2;
};
