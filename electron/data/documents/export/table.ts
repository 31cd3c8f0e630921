import type { PlainDate } from '#shared/domain/dates.ts';

/** A value of a table as every format can write it. null is unknown and leaves the cell empty. */
export type Cell =
  | null
  | { kind: 'text'; text: string }
  | { kind: 'number'; value: number; decimals: number }
  | { kind: 'date'; date: PlainDate }
  /** A wall clock `2026-03-01T09:30` in the zone the instant was typed in. */
  | { kind: 'moment'; at: string };

export interface Column {
  header: string;
  /** In characters of the default font. */
  width: number;
}

/** A table that is produced piece by piece, so that nobody waits for the whole of it. */
export interface Table {
  name: string;
  columns: Column[];
  rows(): AsyncIterable<Cell[][]>;
}

export const text = (words: string | null | undefined): Cell =>
  words ? { kind: 'text', text: words } : null;
export const number = (value: number | null | undefined, decimals = 0): Cell =>
  value === null || value === undefined ? null : { kind: 'number', value, decimals };
export const date = (value: PlainDate | null | undefined): Cell =>
  value ? { kind: 'date', date: value } : null;
export const moment = (wall: string | null | undefined): Cell => (wall ? { kind: 'moment', at: wall } : null);
