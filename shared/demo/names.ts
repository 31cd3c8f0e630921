import type { Customer } from '../domain/entities/index.ts';
import type { DemoContext } from './context.ts';
import type { Random } from './random.ts';

export interface PersonName {
  name: string;
  alias: string | null;
  /** How the manager speaks of the person. */
  called: string;
}

const split = (spelled: string): { written: string; sound: string } => {
  const [written = '', sound = ''] = spelled.split('|');
  return { written, sound };
};

const at = (list: readonly string[], place: number): string => list[place % list.length] ?? '';

/** A name as the book's language writes it: Chinese characters, or their sound with the characters as alias. */
export const nameOf = (
  context: DemoContext,
  random: Random,
  gender: 'female' | 'male',
  foreign: boolean,
  place?: number,
): PersonName => {
  const { names } = context.words;
  const title = gender === 'female' ? names.ladyTitle : names.gentlemanTitle;
  if (foreign) {
    const foreigners = gender === 'female' ? names.foreignFemale : names.foreignMale;
    const name = place === undefined ? random.pick(foreigners) : at(foreigners, Math.floor(place / 23));
    return { name, alias: null, called: title.replace('{surname}', name.split(' ').at(-1) ?? name) };
  }
  const givens = gender === 'female' ? names.femaleGiven : names.maleGiven;
  // By their place in the book customers get names that hardly ever meet; others any.
  const surname = split(place === undefined ? random.pick(names.surnames) : at(names.surnames, place * 17));
  const given = split(
    place === undefined ? random.pick(givens) : at(givens, place * 7 + Math.floor(place / 41)),
  );
  const written = surname.written + given.written;
  if (context.language !== 'en')
    return { name: written, alias: null, called: title.replace('{surname}', surname.written) };
  return {
    name: `${given.sound} ${surname.sound}`,
    alias: written,
    called: title.replace('{surname}', surname.sound),
  };
};

/** An address in a real district, in a street that does not exist. */
export const addressOf = (
  context: DemoContext,
  random: Random,
): Required<Pick<Customer, 'area' | 'address' | 'latitude' | 'longitude'>> => {
  const { names } = context.words;
  const district = random.pick(names.districts);
  const near = (degrees: number): number => Math.round((degrees + (random.next() - 0.5) * 0.04) * 1e5) / 1e5;
  return {
    area: district.name,
    address: names.address
      .replace('{district}', district.name)
      .replace('{street}', random.pick(names.streets))
      .replace('{number}', String(random.between(1, 988)))
      .replace('{room}', `${random.between(2, 28)}0${random.between(1, 6)}`),
    latitude: near(district.latitude),
    longitude: near(district.longitude),
  };
};
