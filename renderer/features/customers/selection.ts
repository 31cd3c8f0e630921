/** Ids chosen in the table and where a range starts. */
export interface Selection {
  ids: ReadonlySet<string>;
  /** Index of the row that a shift range starts from. */
  anchor: number | null;
}

export const NOTHING: Selection = { ids: new Set(), anchor: null };

/** Takes one row in or out; it becomes the start of the next range. */
export const toggle = ({ ids }: Selection, id: string, index: number): Selection => {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return { ids: next, anchor: index };
};

/** Adds a range to what is chosen; the anchor stays, so that the range can be drawn again. */
export const extend = (selection: Selection, range: readonly string[], anchor: number): Selection => ({
  ids: new Set([...selection.ids, ...range]),
  anchor,
});

/** Both ends of the range from the anchor to a row, in order. */
export const span = (anchor: number, index: number): [number, number] =>
  anchor < index ? [anchor, index] : [index, anchor];
