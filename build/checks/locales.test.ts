import { describe, expect, it } from 'vitest';
import { askedKeys, compareLanguages, flatten, unknownKeys } from './locales.ts';

const words = (value: unknown) => new Map(flatten('common', value));
const compare = (zh: unknown, en: unknown) =>
  compareLanguages(
    new Map([
      ['zh-CN', words(zh)],
      ['en', words(en)],
    ]),
  );
const keysOf = (text: string) =>
  askedKeys({ file: 'a.tsx', text }).map(({ key, open }) => (open ? `${key}*` : key));

describe('languages', () => {
  it('agree when keys, placeholders and plural forms do', () => {
    const zh = { hi: '你好 {{name}}', visits_other: '{{count}} 次' };
    expect(
      compare(zh, { hi: 'Hi {{name}}', visits_one: 'one visit', visits_other: '{{count}} visits' }),
    ).toEqual([]);
  });

  it.each([
    [{ a: '甲' }, { a: 'A', b: 'B' }, /^zh-CN common:b: is missing/],
    [{ a: '甲', b: '乙' }, { a: 'A' }, /^en common:b: is missing/],
    [{ a: { b: '' } }, { a: { b: 'B' } }, /^zh-CN common:a\.b: is empty/],
    [{ a: '{{n}}' }, { a: 'A' }, /\{\{n\}\} is not in all languages/],
    [{ a_other: '甲' }, { a_other: 'A' }, /^en common:a: has no form _one/],
  ])('differ: %j and %j', (zh, en, message) => {
    expect(compare(zh, en)).toEqual([expect.stringMatching(message)]);
  });
});

describe('keys in sources', () => {
  it.each([
    ["t('today:title')", ['today:title']],
    ["const { t } = useTranslation('call');\n t('save', { name: 'x' })", ['call:save']],
    [
      "a = useTranslation();\n t('ok');\n b = useTranslation('call');\n t('save')",
      ['common:ok', 'call:save'],
    ],
    ["t(open ? 'shut' : 'open')", ['*:shut', '*:open']],
    ["t(kind === 'call' ? 'a.call' : `b.${kind}`)", ['*:a.call', '*:b.*']],
    ["t(rule.replace('a.', 'a:'), params)", []],
    ['<Trans i18nKey="help:intro" />', ['help:intro']],
    ["set('x'); format('y'); t(key)", []],
  ])('%s', (text, keys) => {
    expect(keysOf(text)).toEqual(keys);
  });

  it('are looked up with and without plural', () => {
    const asked = askedKeys({
      file: 'a.tsx',
      text: "t('n', { count });\nt('gone');\nt(`kind.${k}`);\nt(`no.${k}`)",
    });
    expect(unknownKeys(asked, words({ n_one: '1', n_other: '2', kind: { a: 'A' } }))).toEqual([
      'a.tsx:2: asks for *:gone, which no language has',
      'a.tsx:4: asks for *:no., which no language has',
    ]);
  });
});
