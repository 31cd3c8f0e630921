import { inYear, type PlainDate, yearOf } from '../domain/dates.ts';
import type { Customer } from '../domain/entities/index.ts';
import { dateOfLunar, lunarDayOf } from '../domain/lunar-calendar.ts';
import type { DemoContext } from './context.ts';
import { addressOf, nameOf } from './names.ts';
import type { DemoProfile, ProfileSeed } from './profile.ts';

/** Birthdays that a Today screen should show: place in the book, days from today, calendar. */
const NEAR_BIRTHDAYS: Record<number, { days: number; calendar: Customer['birthdayCalendar'] }> = {
  4: { days: 0, calendar: 'solar' },
  10: { days: 1, calendar: 'solar' },
  13: { days: 6, calendar: 'lunar' },
  0: { days: 9, calendar: 'solar' },
  21: { days: 19, calendar: 'lunar' },
  33: { days: 3, calendar: 'solar' },
};

const two = (value: number): string => String(value).padStart(2, '0');

const birthOf = (
  context: DemoContext,
  { n, random }: ProfileSeed,
  age: number,
): Pick<Customer, 'birthdayCalendar'> & { birthDate: PlainDate } => {
  const year = yearOf(context.today) - age;
  const near = NEAR_BIRTHDAYS[n];
  if (near?.calendar === 'solar')
    return { birthDate: inYear(context.day(near.days), year), birthdayCalendar: 'solar' };
  if (near) {
    const { month, day } = lunarDayOf(context.day(near.days));
    return { birthDate: dateOfLunar(year, month, day), birthdayCalendar: 'lunar' };
  }
  const birthDate = `${year}-${two(random.between(1, 12))}-${two(random.between(1, 28))}`;
  return { birthDate, birthdayCalendar: age > 52 && random.chance(0.4) ? 'lunar' : 'solar' };
};

const lifeStageOf = (age: number, married: boolean): Customer['lifeStage'] => {
  if (age >= 62) return 'retired';
  if (!married) return 'single';
  if (age < 32) return 'couple';
  if (age < 42) return 'youngFamily';
  return age < 54 ? 'establishedFamily' : 'emptyNest';
};

/** Yearly income in yuan, between these bounds. */
const INCOME = { A: [600, 3_000], B: [300, 800], C: [150, 400], D: [60, 200] } as const;
const RISK_LEVELS = ['C1', 'C2', 'C2', 'C3', 'C3', 'C4', 'C5'] as const;
const SOCIAL = { A: 'highNetWorth', B: 'affluent', C: 'mass', D: 'mass' } as const;

/** A person with as much of a profile as the manager of such a customer would know. */
export const personProfile = (context: DemoContext, seed: ProfileSeed): DemoProfile => {
  const { random, n, serial, knows } = seed;
  const { names } = context.words;
  const know = <T>(make: () => T): T | null => random.maybe(knows, make);
  const gender = random.chance(0.5) ? ('female' as const) : ('male' as const);
  const named = nameOf(context, random, gender, n % 23 === 3, serial);
  const age = random.between(26, 74);
  const married = age > 30 && random.chance(0.85);
  const work = random.pick(names.occupations);
  const retired = age >= 62;
  const hobbies = random.some(names.hobbies, random.between(1, 2));
  const child = random.pick(names.children);
  const { birthDate, birthdayCalendar } = birthOf(context, seed, age);
  const knowsBirth = random.chance(knows + 0.05) || n in NEAR_BIRTHDAYS;
  const income = INCOME[seed.class ?? 'D'];
  const risk = know(() => random.pick(RISK_LEVELS));
  const brand = random.pick(names.brands).split('|')[context.language === 'en' ? 1 : 0] ?? '';
  const place = addressOf(context, random);
  return {
    contacts: [],
    slots: { n: named.called, hobby: hobbies[0] ?? '', kid: child, trade: work.occupation },
    fields: {
      kind: 'person',
      name: named.name,
      alias: named.alias,
      phones:
        n % 41 === 40
          ? []
          : [{ label: names.mobile, number: `138${String(1_000 + serial).padStart(8, '0')}` }],
      emails: know(() => [{ label: '', address: `customer${serial}@example.com` }]) ?? [],
      wechat: random.maybe(knows * 0.8, () => `vb_demo_${serial}`),
      idTail: know(() => String(1_000 + ((serial * 7_919) % 9_000))),
      ...(random.chance(knows) ? place : { area: place.area }),
      gender,
      birthDate: knowsBirth ? birthDate : null,
      birthdayCalendar: knowsBirth ? birthdayCalendar : 'solar',
      age: random.maybe(0.3, () => age),
      maritalStatus: know(() => (married ? ('married' as const) : ('single' as const))),
      education: know(() => random.pick(['secondary', 'bachelor', 'bachelor', 'master', 'doctor'] as const)),
      occupation: know(() => (retired ? names.retired : work.occupation)),
      employer: retired ? null : random.maybe(knows * 0.8, () => names.employer.replace('{brand}', brand)),
      jobTitle: retired ? null : random.maybe(knows * 0.7, () => random.pick(work.titles)),
      lifeStage: know(() => lifeStageOf(age, married)),
      socialClass: know(() => SOCIAL[seed.class ?? 'D']),
      family: married ? random.maybe(knows * 0.8, () => child) : null,
      hobbies: random.maybe(knows * 0.8, () => hobbies.join(names.comma)),
      incomeMinor: know(() => random.between(income[0], income[1]) * 100_000),
      riskLevel: risk,
      riskValidUntil: risk && context.day(random.between(-40, 330)),
      bestWeekdays: know(() => random.some([1, 2, 3, 4, 5], 2).toSorted()) ?? [],
      bestTimeFrom: random.maybe(knows * 0.7, () => random.pick(['09:30', '10:00', '14:00', '19:00'])),
      channelOrder: know(() => random.some(['phone', 'wechat', 'visit', 'branch'] as const, 2)) ?? [],
      about: random.maybe(knows * 0.4, () => random.pick(names.remarks)),
    },
  };
};
