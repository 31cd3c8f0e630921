const MOST = 255;
/** Control characters, and marks that turn the direction of reading: `cod.exe` must not look like `exe.doc`. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

const extensionOf = (name: string): string => /\.[^.\s]{1,16}$/.exec(name)?.[0] ?? '';

/**
 * The name of a file as it is kept and shown: never a path, never hidden or turned, one that every system can write.
 * Answers `file` when nothing is left.
 */
export const attachmentName = (given: string): string => {
  const last = given.toWellFormed().split(/[/\\]/).at(-1) ?? '';
  const plain = last
    .replace(HIDDEN, '')
    .replace(/[:*?"<>|]/g, '-')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  const safe = RESERVED.test(plain) ? `_${plain}` : plain;
  if (safe === '') return 'file';
  if (safe.length <= MOST) return safe;
  const extension = extensionOf(safe);
  return (
    safe
      .slice(0, MOST - extension.length)
      .toWellFormed()
      .replace(/\uFFFD$/, '') + extension
  );
};
