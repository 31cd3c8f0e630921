const startsWith = (head: Buffer, bytes: readonly number[], at = 0): boolean =>
  bytes.every((byte, n) => head[at + n] === byte);
const latin = (text: string): number[] => [...Buffer.from(text, 'latin1')];

/** Pictures a page may show: their formats are decoded by the sandboxed page and can carry no script. */
const PICTURES: readonly [mediaType: string, (head: Buffer) => boolean][] = [
  ['image/png', (head) => startsWith(head, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
  ['image/jpeg', (head) => startsWith(head, [0xff, 0xd8, 0xff])],
  ['image/gif', (head) => startsWith(head, latin('GIF8'))],
  ['image/webp', (head) => startsWith(head, latin('RIFF')) && startsWith(head, latin('WEBP'), 8)],
];

const BY_EXTENSION: Readonly<Record<string, string>> = {
  txt: 'text/plain',
  md: 'text/markdown',
  csv: 'text/csv',
  doc: 'application/msword',
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  zip: 'application/zip',
  eml: 'message/rfc822',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  wav: 'audio/wav',
  mp4: 'video/mp4',
};

/** The picture format of a content by its first bytes; null for all others. */
export const pictureType = (head: Buffer): string | null => PICTURES.find(([, is]) => is(head))?.[0] ?? null;

/** What a content is: by its first bytes where they tell, otherwise by the ending of its name. Never what a peer claims. */
export const mediaTypeOf = (head: Buffer, name: string): string => {
  if (startsWith(head, latin('%PDF-'))) return 'application/pdf';
  const extension = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  return (
    pictureType(head) ??
    (Object.hasOwn(BY_EXTENSION, extension) ? BY_EXTENSION[extension] : undefined) ??
    'application/octet-stream'
  );
};
