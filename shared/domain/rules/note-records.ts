import type { PlainDate } from '../dates.ts';
import type { NoteLine } from './note-extract.ts';

/** A promise or task that a line of the note became. */
export interface NoteRecord {
  id: string;
  kind: NoteLine['kind'];
  text: string;
  open: boolean;
  removed: boolean;
  dueOn: PlainDate | null;
}

/** A line and what is to be done about its record. */
export interface TurnedLine extends NoteLine {
  recordId: string;
  /** null when there is none yet. */
  record: NoteRecord | null;
  /** `none` for a line that needs no record: ticked before it ever became one, or its record was removed. */
  step: 'keep' | 'create' | 'update' | 'settle' | 'none';
}

/** Share of letter pairs that two texts have in common, 0 to 1 (Dice). */
const likeness = (a: string, b: string): number => {
  const pairs = (text: string): string[] => {
    const letters = [...text.toLowerCase().replace(/\s+/g, ' ')];
    return letters.slice(1).map((letter, at) => `${letters[at]}${letter}`);
  };
  const [left, right] = [pairs(a), pairs(b)];
  const rest = [...right];
  let common = 0;
  for (const pair of left) {
    const at = rest.indexOf(pair);
    if (at >= 0) {
      rest.splice(at, 1);
      common += 1;
    }
  }
  return left.length + right.length === 0 ? 0 : (2 * common) / (left.length + right.length);
};

/** Below this two texts are not the same line edited. */
const SAME_LINE = 0.5;

/**
 * Finds for every line of a note the record it became: by the id that follows from its words, by the same words, or, for a
 * line that was edited, the open record it resembles most. A line is never turned twice; what a person changed in the
 * record itself stays.
 */
export const matchLines = (
  lines: readonly NoteLine[],
  records: readonly NoteRecord[],
  idOf: (kind: string, text: string, occurrence: number) => string,
): TurnedLine[] => {
  const seen = new Map<string, number>();
  const wanted = lines.map((line) => {
    const key = `${line.kind} ${line.text}`;
    const occurrence = seen.get(key) ?? 0;
    seen.set(key, occurrence + 1);
    return { line, recordId: idOf(line.kind, line.text, occurrence) };
  });
  const free = new Map(records.map((record) => [record.id, record]));
  const found = new Map<(typeof wanted)[number], NoteRecord>();
  const take = (one: (typeof wanted)[number], record: NoteRecord | undefined): void => {
    if (!record) return;
    found.set(one, record);
    free.delete(record.id);
  };
  const open = () => wanted.filter((one) => !found.has(one));
  const ofKind = ({ line }: (typeof wanted)[number]) =>
    [...free.values()].filter((record) => record.kind === line.kind);
  for (const one of open()) take(one, free.get(one.recordId));
  for (const one of open())
    take(
      one,
      ofKind(one).find((record) => record.text === one.line.text),
    );
  const edited = new Set<(typeof wanted)[number]>();
  for (const one of open()) {
    const [best] = ofKind(one)
      .filter((record) => record.open)
      .map((record) => ({ record, like: likeness(record.text, one.line.text) }))
      .toSorted((a, b) => b.like - a.like);
    if (!best || best.like < SAME_LINE) continue;
    take(one, best.record);
    edited.add(one);
  }
  return wanted.map((one) => {
    const record = found.get(one) ?? null;
    const turned = { ...one.line, recordId: record?.id ?? one.recordId, record };
    if (!record) return { ...turned, step: one.line.done ? 'none' : 'create' };
    if (record.removed) return { ...turned, step: 'none' };
    if (one.line.done && record.open) return { ...turned, step: 'settle' };
    return { ...turned, step: edited.has(one) ? 'update' : 'keep' };
  });
};
