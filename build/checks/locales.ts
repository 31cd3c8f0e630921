// Are the words of the interface complete? Same keys in every language, nothing empty, same placeholders, and every
// key that the sources ask for exists.
import type { Source } from '../sources.ts';

/** Words of one language: `namespace:path.of.key` to text. */
export type Words = Map<string, string>;

const plural = /_(zero|one|two|few|many|other)$/;

/** The plural forms that a language must have. Chinese has one. */
const forms = (language: string) => (language.startsWith('zh') ? ['other'] : ['one', 'other']);

export function flatten(namespace: string, value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[`${namespace}:${path}`, value]];
  if (value === null || typeof value !== 'object') return [[`${namespace}:${path}`, '']];
  return Object.entries(value).flatMap(([key, inner]) =>
    flatten(namespace, inner, path ? `${path}.${key}` : key),
  );
}

const placeholders = (text: string) => [...text.matchAll(/\{\{\s*([\w.]+)/g)].map((match) => match[1] ?? '');

/** Keys without their plural ending, each with the placeholders of all its forms. */
function byKey(words: Words) {
  const keys = new Map<string, { names: Set<string>; plural: boolean }>();
  for (const [key, text] of words) {
    const base = key.replace(plural, '');
    const known = keys.get(base) ?? { names: new Set(), plural: base !== key };
    for (const name of placeholders(text)) known.names.add(name);
    keys.set(base, known);
  }
  return keys;
}

export function compareLanguages(languages: Map<string, Words>): string[] {
  const problems: string[] = [];
  const [first, ...others] = [...languages].map(([language, words]) => ({
    language,
    words,
    keys: byKey(words),
  }));
  for (const [language, words] of languages) {
    for (const [key, text] of words) if (text.trim() === '') problems.push(`${language} ${key}: is empty`);
    for (const [key, known] of byKey(words)) {
      const missing = known.plural ? forms(language).filter((form) => !words.has(`${key}_${form}`)) : [];
      for (const form of missing) problems.push(`${language} ${key}: has no form _${form}`);
    }
  }
  for (const other of others) {
    for (const key of first?.keys.keys() ?? []) {
      if (!other.keys.has(key))
        problems.push(`${other.language} ${key}: is missing (${first?.language} has it)`);
    }
    for (const [key, { names }] of other.keys) {
      const wanted = first?.keys.get(key);
      if (!wanted) {
        problems.push(`${first?.language} ${key}: is missing (${other.language} has it)`);
        continue;
      }
      // A plural form may say "one" instead of the number.
      const different = [...wanted.names.symmetricDifference(names)].filter(
        (name) => !wanted.plural || name !== 'count',
      );
      for (const name of different) {
        problems.push(`${other.language} ${key}: {{${name}}} is not in all languages`);
      }
    }
  }
  return problems;
}

export interface AskedKey {
  file: string;
  line: number;
  key: string;
  /** The key goes on with something that is only known at run time. */
  open: boolean;
}

/** The text of a call's first argument, from just behind the parenthesis. */
function firstArgument(text: string, start: number) {
  let depth = 0;
  let quote = '';
  for (let index = start; index < text.length; index++) {
    const sign = text[index] ?? '';
    if (quote) {
      if (sign === '\\') index++;
      else if (sign === quote) quote = '';
    } else if (/['"`]/.test(sign)) quote = sign;
    else if (/[([{]/.test(sign)) depth++;
    else if (/[)\]}]/.test(sign) && depth-- === 0) return text.slice(start, index);
    else if (sign === ',' && depth === 0) return text.slice(start, index);
  }
  return '';
}

/**
 * The namespace that a place in a source speaks of: that of the last `useTranslation` or typed `t` before it.
 * A file that was handed its `t` from elsewhere may speak of any.
 */
function namespaces(text: string) {
  const marks = [
    ...text.matchAll(/(?:useTranslation\(\s*\[?|TFunction\b<?\s*\[?|getFixedT\([^,]*,)\s*(?:'(\w+)')?/g),
  ].map((mark) => ({ index: mark.index, name: mark[1] ?? 'common' }));
  return (index: number) => marks.findLast((mark) => mark.index < index)?.name ?? (marks[0] ? 'common' : '*');
}

/** Every key that a source names literally in `t('…')` or `i18nKey="…"`. */
export function askedKeys({ file, text }: Source): AskedKey[] {
  const namespaceAt = namespaces(text);
  const found: AskedKey[] = [];
  for (const match of text.matchAll(/(?<![\w$])t\(|i18nKey=\{?(?=['"`])/g)) {
    const start = match.index + match[0].length;
    const literal = match[0].startsWith('i18nKey')
      ? (/^(['"`]).*?\1/.exec(text.slice(start))?.[0] ?? '')
      : '';
    // What is compared, indexed or passed on inside the argument is no key.
    const argument = (literal || firstArgument(text, start))
      .replace(/(?:[=!]==?|\bin)\s*'[^']*'/g, '')
      .replace(/\[\s*'[^']*'/g, '')
      .replace(/[\w$]\([^()]*\)/g, '');
    const line = text.slice(0, match.index).split('\n').length;
    for (const [, , plain, template] of argument.matchAll(/(['"])([^'"`]+)\1|`([^`]*)`/g)) {
      const written = plain ?? template ?? '';
      const key = written.split('${')[0] ?? '';
      if (key === '' || /\s/.test(key)) continue;
      found.push({
        file,
        line,
        key: key.includes(':') ? key : `${namespaceAt(match.index)}:${key}`,
        open: written.includes('${'),
      });
    }
  }
  return found;
}

export function unknownKeys(asked: AskedKey[], words: Words): string[] {
  const names = [...words.keys()].flatMap((key) => [key, key.replace(plural, '')]);
  const anywhere = names.map((name) => name.replace(/^\w+:/, '*:'));
  const keys = [...new Set([...names, ...anywhere])];
  const known = new Set(keys);
  return asked
    .filter(({ key, open }) => (open ? !keys.some((name) => name.startsWith(key)) : !known.has(key)))
    .map(({ file, line, key }) => `${file}:${line}: asks for ${key}, which no language has`);
}
