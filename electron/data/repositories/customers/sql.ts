/** A piece of SQL with the values of its placeholders, in order. */
export interface Sql {
  text: string;
  params: (string | number | null)[];
}

export const sql = (text: string, ...params: Sql['params']): Sql => ({ text, params });

/** Pieces one after the other, with `separator` between them. */
export const join = (parts: readonly Sql[], separator: string): Sql => ({
  text: parts.map((part) => part.text).join(separator),
  params: parts.flatMap((part) => part.params),
});

/** The pattern of LIKE that means the words themselves; use it with ESCAPE '\'. */
export const literally = (words: string): string => words.replace(/[\\%_]/g, '\\$&');
