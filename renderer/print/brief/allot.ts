/** A part of a column: the height of its heading and of each of its lines, in lines of text. */
export interface Part {
  heading: number;
  lines: readonly number[];
}

/** How high a part is that shows only its first lines; what it leaves out costs a line that says so. */
const heightOf = ({ heading, lines }: Part, shown: number): number => {
  if (lines.length === 0) return 0;
  const rest = shown < lines.length ? 1 : 0;
  return heading + rest + lines.slice(0, shown).reduce((sum, line) => sum + line, 0);
};

/**
 * How many lines of each part fit into a column of `room` lines. Parts are given by importance; each gets a line in
 * turn, so that no part pushes out the others, and what room is left goes to the most important first.
 */
export const allot = (parts: readonly Part[], room: number): number[] => {
  const shown = parts.map(() => 0);
  const height = (): number => parts.reduce((sum, part, n) => sum + heightOf(part, shown[n] ?? 0), 0);
  for (let grown = true; grown; ) {
    grown = false;
    parts.forEach((part, n) => {
      const now = shown[n] ?? 0;
      if (now >= part.lines.length) return;
      shown[n] = now + 1;
      if (height() <= room) grown = true;
      else shown[n] = now;
    });
  }
  return shown;
};

/** Lines a text takes in a column of `width` Chinese characters, at most `most`; Latin letters are half as wide. */
export const linesOf = (text: string, width: number, most: number): number => {
  let wide = 0;
  for (const letter of text) wide += (letter.codePointAt(0) ?? 0) > 0x2e80 ? 1 : 0.52;
  return Math.min(most, Math.max(1, Math.ceil(wide / width)));
};
