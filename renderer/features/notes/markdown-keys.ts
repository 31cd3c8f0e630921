/** What a key does to the text of a textarea: the new text and where the caret stands, or null to leave it to the browser. */
export interface Edit {
  text: string;
  start: number;
  end: number;
}

const LIST = /^(\s*)([-*+]|\d+\.)\s(\[[ xX]\]\s)?/;

const lineAt = (text: string, position: number): { from: number; to: number; line: string } => {
  const from = text.lastIndexOf('\n', position - 1) + 1;
  const next = text.indexOf('\n', position);
  const to = next < 0 ? text.length : next;
  return { from, to, line: text.slice(from, to) };
};

const nextMark = (mark: string): string =>
  /^\d+\.$/.test(mark) ? `${Number.parseInt(mark, 10) + 1}.` : mark;

/** Enter in a list goes on with the next item; in an empty item it ends the list. */
export const continueList = (text: string, position: number): Edit | null => {
  const { from, to, line } = lineAt(text, position);
  const match = LIST.exec(line);
  if (!match || position < from + match[0].length) return null;
  const [whole, indent = '', mark = '-', box] = match;
  if (line.slice(whole.length).trim() === '')
    return { text: text.slice(0, from) + text.slice(to), start: from, end: from };
  const added = `\n${indent}${nextMark(mark)} ${box ? '[ ] ' : ''}`;
  const at = position + added.length;
  return { text: text.slice(0, position) + added + text.slice(position), start: at, end: at };
};

/** Puts marks around the selection, or takes them away when they are there. */
export const wrap = (text: string, start: number, end: number, mark: string): Edit => {
  const inside = text.slice(start, end);
  const around =
    text.slice(start - mark.length, start) === mark && text.slice(end, end + mark.length) === mark;
  if (around)
    return {
      text: text.slice(0, start - mark.length) + inside + text.slice(end + mark.length),
      start: start - mark.length,
      end: end - mark.length,
    };
  return {
    text: text.slice(0, start) + mark + inside + mark + text.slice(end),
    start: start + mark.length,
    end: end + mark.length,
  };
};

/** Starts the line with a mark, or takes it away when it has it. */
export const prefixLine = (text: string, position: number, prefix: string): Edit => {
  const { from, line } = lineAt(text, position);
  const has = line.startsWith(prefix);
  const next = has
    ? text.slice(0, from) + text.slice(from + prefix.length)
    : text.slice(0, from) + prefix + text.slice(from);
  const at = Math.max(from, position + (has ? -prefix.length : prefix.length));
  return { text: next, start: at, end: at };
};
