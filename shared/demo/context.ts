import { addDays, type Instant, instantAt, isoWeekday, type PlainDate } from '../domain/dates.ts';
import { derivedId } from '../domain/derived-id.ts';
import type { VisitReport } from '../domain/entities/index.ts';
import type { signedContent } from '../domain/rules/report.ts';
import type { Random } from './random.ts';
import type { Words } from './words/words.ts';

/** Customers of a book that stands alone. */
export const DEMO_CUSTOMERS = 300;

export type DemoLanguage = 'zh-CN' | 'zh-TW' | 'en';

/** What only a laptop can make: a hash and a picture for the reports that were signed. */
export interface DemoSeal {
  hash(report: Parameters<typeof signedContent>[0]): VisitReport['contentHash'];
  picture(n: number): string;
}

/** Sets a book of many apart from the others. */
export interface DemoPart {
  /** Customers of the book. */
  customers?: number;
  /** Customers of the books before this one, a multiple of ten: names, numbers and choices go on from there. */
  offset?: number;
  id?: DemoContext['id'];
  /** Without it reports are drafts. */
  seal?: DemoSeal;
}

/** What the whole book is made from: the same language, date and zone give the same book. */
export interface DemoContext {
  customers: number;
  offset: number;
  seal: DemoSeal | null;
  language: DemoLanguage;
  words: Words;
  today: PlainDate;
  zone: string;
  /** The id of a demo record; it follows from its place in the book. */
  id(...place: (string | number)[]): string;
  /** `days` from today, before it when negative. */
  day(days: number): PlainDate;
  /** An instant at a wall-clock time, `days` from today. */
  at(days: number, time: string): Instant;
}

export const createContext = (
  language: DemoLanguage,
  words: Words,
  today: PlainDate,
  zone: string,
  {
    customers = DEMO_CUSTOMERS,
    offset = 0,
    id = (...place) => derivedId('demo', language, ...place),
    seal,
  }: DemoPart = {},
): DemoContext => {
  const instants = new Map<string, Instant>();
  return {
    language,
    words,
    today,
    zone,
    customers,
    offset,
    seal: seal ?? null,
    id,
    day: (days) => addDays(today, days),
    at(days, time) {
      const key = `${days} ${time}`;
      let instant = instants.get(key);
      if (!instant) {
        instant = instantAt(addDays(today, days), time, zone);
        instants.set(key, instant);
      }
      return instant;
    },
  };
};

const isWeekend = (date: PlainDate): boolean => isoWeekday(date) > 5;

/** Days from today moved off the weekend: back to Friday, or on to Monday for days ahead. */
export const workday = (context: DemoContext, days: number): number => {
  let moved = days;
  while (isWeekend(context.day(moved))) moved += days > 0 ? 1 : -1;
  return moved;
};

/** The next workdays after today, as days from today. */
export const workdaysAhead = (context: DemoContext, count: number): number[] => {
  const found: number[] = [];
  for (let days = 1; found.length < count; days++) if (!isWeekend(context.day(days))) found.push(days);
  return found;
};

/** A time of day during work, on the quarter of an hour. */
export const workTime = (random: Random): string => {
  const quarter = random.between(36, 69);
  return `${String(Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`;
};

/** Puts words into the `{slots}` of a sentence. */
export const filled = (sentence: string, slots: Record<string, string>): string =>
  sentence.replace(/\{(\w+)\}/g, (slot, name: string) => slots[name] ?? slot);
