import { Solar } from 'lunar-typescript';
import { addDays, type PlainDate, yearOf } from '../dates.ts';
import { dateOfLunar } from '../lunar-calendar.ts';

export const FESTIVALS = [
  'newYear',
  'springFestivalEve',
  'springFestival',
  'lantern',
  'qingming',
  'labourDay',
  'dragonBoat',
  'midAutumn',
  'nationalDay',
  'doubleNinth',
] as const;
export type Festival = (typeof FESTIVALS)[number];

const qingming = new Map<number, PlainDate>();

/** 清明 is a solar term: 4, 5 or 6 April. */
const qingmingOf = (year: number): PlainDate => {
  let date = qingming.get(year);
  if (!date) {
    const day = [4, 5, 6].find((one) => Solar.fromYmd(year, 4, one).getLunar().getJieQi() === '清明') ?? 5;
    date = `${String(year).padStart(4, '0')}-04-0${day}`;
    qingming.set(year, date);
  }
  return date;
};

const DATE_OF: Record<Festival, (year: number) => PlainDate> = {
  newYear: (year) => `${String(year).padStart(4, '0')}-01-01`,
  springFestivalEve: (year) => addDays(dateOfLunar(year, 1, 1), -1),
  springFestival: (year) => dateOfLunar(year, 1, 1),
  lantern: (year) => dateOfLunar(year, 1, 15),
  qingming: qingmingOf,
  labourDay: (year) => `${String(year).padStart(4, '0')}-05-01`,
  dragonBoat: (year) => dateOfLunar(year, 5, 5),
  midAutumn: (year) => dateOfLunar(year, 8, 15),
  nationalDay: (year) => `${String(year).padStart(4, '0')}-10-01`,
  doubleNinth: (year) => dateOfLunar(year, 9, 9),
};

/** S1-05: the festivals of a span, in order. */
export const festivalsBetween = (from: PlainDate, to: PlainDate): { festival: Festival; on: PlainDate }[] => {
  const found: { festival: Festival; on: PlainDate }[] = [];
  for (let year = yearOf(from); year <= yearOf(to); year++) {
    for (const festival of FESTIVALS) {
      const on = DATE_OF[festival](year);
      if (on >= from && on <= to) found.push({ festival, on });
    }
  }
  return found.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
};
