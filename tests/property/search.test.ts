import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SEARCH_KINDS, type SearchKind } from '#shared/contracts/book.ts';
import { spellingOf } from '#shared/domain/rules/names.ts';
import { documentOf, type SearchDocument } from '#shared/domain/search/document.ts';
import { fold } from '#shared/domain/search/fold.ts';
import { partsOf } from '#shared/domain/search/parts.ts';
import { customerFactsHook } from '../../electron/data/repositories/customer-facts/hook.ts';
import { records } from '../../electron/data/repositories/records/records.ts';
import { search } from '../../electron/data/search/feature.ts';
import { searchHook } from '../../electron/data/search/hook.ts';
import { openTestBook, type TestBook } from '../support/book.ts';

const AT = '2026-03-01T02:00:00.000Z';
const ZONE = 'Asia/Shanghai';
const NAMES = '../shared/data/chinese/hanlp/custom/人名词典.txt';

const FEW_NAMES = [
  '张伟',
  '單志強',
  '单伟',
  '曾轶可',
  '吕布',
  '欧阳娜娜',
  'Anna Smith',
  'Émile Zola',
  '王小明ABC',
];
const realNames = (): string[] => {
  if (!existsSync(NAMES)) {
    console.warn('no list of names here: only a few of our own are searched');
    return FEW_NAMES;
  }
  const names = readFileSync(NAMES, 'utf8')
    .split('\n')
    .map((line) => line.split(' ')[0] ?? '');
  return [...FEW_NAMES, ...names.filter((name, n) => name !== '' && n % 197 === 0)];
};

const words = fc
  .array(
    fc.constantFrom(
      '定期',
      '到期',
      '存款转基金',
      'fund',
      'Fund',
      'bonds',
      'ＡＴＭ',
      '的',
      '一',
      '了',
      '房贷',
      '利率3.85',
      '500000',
      'café',
      'かな',
      'naïve',
      '한국',
      '𠮷野',
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((list) => list.join(' '));
const phone = fc.integer({ min: 13_000_000_000, max: 19_999_999_999 }).map(String);

interface Written {
  kind: SearchKind;
  id: string;
  document: SearchDocument;
}

/** What the plainest reading of a document finds. */
const reads = (document: SearchDocument, query: string): boolean =>
  partsOf(fold(query)).every((part) => {
    const inTexts = [...document.names, ...document.numbers, ...document.texts].some((text) => {
      const folded = fold(text);
      if (part.kind === 'cjk') return folded.includes(part.text);
      return partsOf(folded).some((word) => word.text.startsWith(part.text));
    });
    const inNumbers = document.numbers.some((number) => number.replace(/\D/g, '').includes(part.text));
    return inTexts || inNumbers;
  });

/** Letters that could be the sound of a name; which they are is the tokeniser's own test. */
const maySound = (document: SearchDocument, query: string): boolean =>
  /[a-z0-9]/i.test(query) && document.names.length > 0;

describe('search', () => {
  let test_: TestBook;
  const written: Written[] = [];
  const create = (kind: SearchKind, fields: Record<string, unknown>): string => {
    const id = uuid();
    test_.book.commit({
      commandId: uuid(),
      name: 'test',
      changes: [{ entity: kind, id, op: 'create', fields: { createdAt: AT, ...fields } }],
      result: null,
      at: AT,
      actor: 'me',
    });
    written.push({ kind, id, document: documentOf(kind, fields) });
    return id;
  };
  const found = async (text: string, kinds: SearchKind[] = []): Promise<string[]> =>
    (await test_.call('search.query', { text, kinds, limit: 100 })).hits.map((hit) => hit.id);

  beforeAll(() => {
    test_ = openTestBook([search, records], { hooks: [customerFactsHook, searchHook] });
    const sample = <T>(arbitrary: fc.Arbitrary<T>, n: number): T[] =>
      fc.sample(arbitrary, { numRuns: n, seed: 7 });
    const names = realNames().slice(0, 120);
    const phones = sample(phone, names.length);
    const texts = sample(words, names.length);
    names.forEach((name, n) => {
      const customerId = create('customer', {
        kind: 'person',
        name,
        phones: [
          {
            label: '',
            number: n % 2 ? (phones[n] as string) : `+86 ${phones[n]?.slice(0, 3)}-${phones[n]?.slice(3)}`,
          },
        ],
        idTail: n % 3 ? null : '123X',
        employer: n % 4 ? null : '华信贸易',
      });
      const text = texts[n] as string;
      if (n % 6 === 0) create('note', { customerId, title: null, body: text, takenAt: AT, zone: ZONE });
      if (n % 6 === 1) create('interaction', { customerId, kind: 'call', at: AT, zone: ZONE, summary: text });
      if (n % 6 === 2) create('task', { customerId, text });
      if (n % 6 === 3) create('promise', { customerId, text, madeOn: '2026-03-01' });
      if (n % 6 === 4) create('script', { title: text });
      if (n % 6 === 5) create('companyContact', { customerId, name, remark: text });
    });
  });
  afterAll(() => test_.close());

  const record = fc.nat().map((n) => written[n % written.length] as Written);
  const textOf = ({ document }: Written): string[] => [
    ...document.names,
    ...document.numbers,
    ...document.texts,
  ];

  test('a record is found by any one or two characters of its Chinese', async () => {
    await fc.assert(
      fc.asyncProperty(record, fc.nat(), fc.integer({ min: 1, max: 4 }), async (one, where, length) => {
        const runs = textOf(one).flatMap((text) => partsOf(fold(text)).filter((part) => part.kind === 'cjk'));
        const run = runs[where % Math.max(1, runs.length)];
        if (!run) return;
        const points = [...run.text];
        const at = where % points.length;
        const query = points.slice(at, at + length).join('');
        expect(await found(query, [one.kind])).toContain(one.id);
      }),
      { numRuns: 150 },
    );
  });

  test('a record is found by the beginning of any of its words and numbers', async () => {
    await fc.assert(
      fc.asyncProperty(record, fc.nat(), fc.integer({ min: 2, max: 12 }), async (one, where, length) => {
        const parts = textOf(one).flatMap((text) =>
          partsOf(fold(text)).filter((part) => part.kind !== 'cjk'),
        );
        const part = parts[where % Math.max(1, parts.length)];
        if (!part) return;
        expect(await found(part.text.slice(0, length).toUpperCase(), [one.kind])).toContain(one.id);
      }),
      { numRuns: 150 },
    );
  });

  test('a customer is found by pinyin, initials, the tail of a phone, and by two of them', async () => {
    const customers = () => written.filter(({ kind }) => kind === 'customer');
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 3, max: 8 }), async (n, length) => {
        const one = customers()[n % customers().length] as Written;
        const name = one.document.names[0] as string;
        const { full, initials } = spellingOf(name);
        const tail = (one.document.numbers[0] as string).replace(/\D/g, '').slice(-length);
        for (const query of [
          full,
          full.replaceAll(' ', ''),
          initials,
          tail,
          `${initials} ${tail}`,
          `${[...name][0]} ${tail}`,
        ])
          expect(await found(query), query).toContain(one.id);
      }),
      { numRuns: 80 },
    );
  });

  test('what was written is found by the customer together with a word', async () => {
    const texts = () =>
      written.filter(({ kind }) => ['note', 'interaction', 'task', 'promise'].includes(kind));
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), async (n, where) => {
        const one = texts()[n % texts().length] as Written;
        const owner = written[written.indexOf(one) - 1] as Written;
        const parts = partsOf(fold(one.document.texts[0] as string));
        const word = (parts[where % parts.length] as { text: string }).text;
        const name = owner.document.names[0] as string;
        for (const query of [`${[...name][0]} ${word}`, `${word} ${spellingOf(name).initials}`])
          expect(await found(query, [one.kind]), query).toContain(one.id);
      }),
      { numRuns: 80 },
    );
  });

  test('everything found holds what was asked, and what was asked is marked', async () => {
    const query = fc.oneof(
      fc.constantFrom(
        '的',
        'a',
        '1',
        'f',
        '定期',
        '张',
        'zw',
        '123',
        '华信 张',
        'fund 500',
        '  ',
        '%',
        '"',
        'a"b',
        "';--",
        '138',
      ),
      record.map((one) => [...(textOf(one)[0] ?? '')].slice(0, 3).join('')),
    );
    await fc.assert(
      fc.asyncProperty(
        query,
        fc.constantFrom([], ...SEARCH_KINDS.map((kind) => [kind])),
        async (text, kinds) => {
          const { hits } = await test_.call('search.query', { text, kinds, limit: 100 });
          for (const hit of hits) {
            const one = written.find(({ id }) => id === hit.id) as Written;
            const owner = written.find(({ id }) => id === hit.customerId);
            const whole = {
              names: [...one.document.names, ...(owner?.document.names ?? [])],
              numbers: one.document.numbers,
              texts: one.document.texts,
            };
            expect(reads(whole, text) || maySound(whole, text)).toBe(true);
            expect(hit.title.length > 1 || hit.line.length > 1).toBe(true);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  test('what is changed, removed and restored is found as it is now', async () => {
    const id = create('customer', { kind: 'person', name: '独孤求败' });
    await test_.call('customer.update', { id, fields: { name: '令狐冲' } });
    expect(await found('独孤')).not.toContain(id);
    expect(await found('linghuchong')).toContain(id);
    const { commandId } = await test_.call('customer.remove', { ids: [id] });
    expect(await found('令狐')).not.toContain(id);
    expect(commandId).toBeTruthy();
    test_.book.commit({
      commandId: uuid(),
      name: 'test',
      changes: [{ entity: 'customer', id, op: 'restore', fields: {} }],
      result: null,
      at: AT,
      actor: 'me',
    });
    expect(await found('令狐')).toContain(id);
  });
});
