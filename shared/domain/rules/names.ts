import { pinyin } from 'pinyin-pro';
import type { Customer } from '../entities/index.ts';

const HAN = /\p{Script=Han}/u;

/** Legal forms that two spellings of one company may or may not carry. */
const CHINESE_FORMS =
  /(股份有限公司|有限责任公司|有限責任公司|集团有限公司|集團有限公司|有限公司|股份公司|集团公司|集團公司|集团|集團|公司)/gu;
const LATIN_FORMS =
  /\b(co|company|corp|corporation|inc|incorporated|limited|ltd|llc|llp|lp|plc|gmbh|ag|sa|pte|pty|bv|nv|group|holdings?)\b/gu;
/** 上海市华信 and 上海华信 are one place. */
const PLACE_RANK = /(?<=\p{Script=Han}{2})[省市](?=\p{Script=Han}{2})/gu;

/** Letters and digits in one form: full-width folded, lower case, marks and punctuation gone. */
const folded = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** The name by which duplicates meet: legal forms, ranks of places, spaces, case and punctuation dropped. */
export const normaliseName = (name: string, kind: Customer['kind']): string => {
  const plain = folded(name);
  if (kind === 'person') return plain.replaceAll(' ', '');
  const bare = plain.replace(CHINESE_FORMS, '').replace(LATIN_FORMS, '').replace(PLACE_RANK, '');
  const core = bare.replaceAll(' ', '');
  return core === '' ? plain.replaceAll(' ', '') : core;
};

/** How a name is spelled: full pinyin for sorting and comparing by sound, and its initials. Latin words stay. */
export interface Spelling {
  /** Syllables and words in lower case, with a space between. */
  full: string;
  initials: string;
}

/** The pinyin of a name, the first character read as a surname (单 is Shan). */
export const spellingOf = (name: string): Spelling => {
  const words = HAN.test(name)
    ? pinyin(name, {
        toneType: 'none',
        type: 'array',
        mode: 'surname',
        surname: 'head',
        nonZh: 'consecutive',
        v: true,
      })
    : [name];
  const parts = words.flatMap((word) => folded(word).split(' ')).filter(Boolean);
  return { full: parts.join(' '), initials: parts.map((part) => part[0] ?? '').join('') };
};
