import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Arriving, DELETED, type Held, type Merged, mergeChange } from '#shared/sync/merge.ts';
import { mergeTexts } from '#shared/sync/text-merge.ts';

const RUNS = 2_000;
const FIELDS = ['name', 'city', 'body'] as const;
const stampAt = (time: number, client: string): string =>
  `${time.toString(36).padStart(9, '0')}-0000-${client}`;
const FIRST = stampAt(1, 'a');

/** Lines that everybody began with, each once. */
const START = ['one', 'two', 'three', 'four', 'five'];
/** What a person does to the lines: puts their own in, takes some out. */
const editing = fc.record({
  added: fc.array(fc.nat(START.length), { maxLength: 3 }),
  removed: fc.uniqueArray(fc.nat(START.length - 1), { maxLength: 2 }),
});
const editedBy = (who: string, { added, removed }: { added: number[]; removed: number[] }) => {
  const own = added.map((_, index) => `${who}${index}`);
  const lines = START.flatMap((line, at) => [
    ...own.filter((__, index) => added[index] === at),
    ...(removed.includes(at) ? [] : [line]),
  ]);
  return { own, lines: [...lines, ...own.filter((_, index) => added[index] === START.length)] };
};

const start = (): Held => ({
  data: { name: 'start', city: 'start', body: START.join('\n') },
  stamps: { '*': FIRST },
  deleted: false,
});
const before = { ...start().data };

/** A change somebody makes who knows nothing but the start. */
const change = (client: string) =>
  fc
    .record({
      op: fc.constantFrom('update' as const, 'update' as const, 'update' as const, 'delete' as const),
      fields: fc.uniqueArray(fc.constantFrom(...FIELDS), { minLength: 1 }),
      value: fc.constantFrom(`${client}'s`, 'of both'),
      body: editing,
      time: fc.integer({ min: 2, max: 40 }),
    })
    .map(
      ({ op, fields, value, body, time }): Arriving => ({
        op,
        fields:
          op === 'delete'
            ? {}
            : Object.fromEntries(
                fields.map((field) => [
                  field,
                  field === 'body' ? editedBy(client, body).lines.join('\n') : value,
                ]),
              ),
        before,
        base: { '*': FIRST },
        stamp: stampAt(time, client),
      }),
    );

const meet = (changes: readonly Arriving[], texts: readonly string[] = ['body']) => {
  let own = 100;
  const steps: Merged[] = [];
  for (const one of changes)
    steps.push(
      mergeChange(steps.at(-1)?.held ?? start(), one, { texts, ownStamp: () => stampAt(own++, 'server') }),
    );
  return { held: (steps.at(-1) as Merged).held, disputes: steps.flatMap(({ disputes }) => disputes) };
};

describe('changes that knew nothing of each other', () => {
  test('come to the same record whichever comes first', () => {
    fc.assert(
      fc.property(change('b'), change('c'), (one, other) => {
        const there = meet([one, other]);
        const here = meet([other, one]);
        expect(here.held.data).toEqual(there.held.data);
        expect(here.held.deleted).toBe(there.held.deleted);
        const told = ({ disputes }: typeof here) =>
          disputes
            .map(({ field, kept, lost }) => ({ field, kept, lost }))
            .sort((a, b) => (a.field < b.field ? -1 : 1));
        expect(told(here).filter(({ field }) => field !== DELETED)).toEqual(
          told(there).filter(({ field }) => field !== DELETED),
        );
        expect(told(here).length).toBe(told(there).length);
      }),
      { numRuns: RUNS },
    );
  });

  test('are applied once, however often they come', () => {
    fc.assert(
      fc.property(change('b'), change('c'), (one, other) => {
        const once = meet([one, other], []);
        const again = mergeChange(once.held, other, { texts: [], ownStamp: () => stampAt(200, 'server') });
        expect(again.held).toEqual(once.held);
        expect(again.changed).toBe(false);
      }),
      { numRuns: RUNS },
    );
  });

  test('lose no value: each one is held, or told in a dispute', () => {
    fc.assert(
      fc.property(
        fc
          .tuple(change('b'), change('c'), change('d'))
          .chain((all) => fc.shuffledSubarray(all, { minLength: 2 })),
        (changes) => {
          const { held, disputes } = meet(changes);
          const told = disputes.flatMap(({ field, kept, lost }) => [
            [field, kept.value],
            [field, lost.value],
          ]);
          for (const { fields } of changes)
            for (const [field, value] of Object.entries(fields)) {
              if (field !== 'body')
                expect([[field, held.data[field]], ...told], JSON.stringify(changes)).toContainEqual([
                  field,
                  value,
                ]);
              else
                for (const line of String(value)
                  .split('\n')
                  .filter((one) => !START.includes(one)))
                  expect(String(held.data.body).split('\n'), JSON.stringify(changes)).toContain(line);
            }
        },
      ),
      { numRuns: RUNS },
    );
  });
});

describe('two texts from one', () => {
  test('keep every line that either wrote, and what neither took out', () => {
    fc.assert(
      fc.property(editing, editing, (mine, theirs) => {
        const [one, other] = [editedBy('b', mine), editedBy('c', theirs)];
        const merged = mergeTexts(START.join('\n'), one.lines.join('\n'), other.lines.join('\n')).split('\n');
        for (const line of [...one.own, ...other.own]) expect(merged).toContain(line);
        for (const line of START)
          if (one.lines.includes(line) && other.lines.includes(line)) expect(merged).toContain(line);
      }),
      { numRuns: RUNS },
    );
  });

  test('are what one wrote when the other wrote nothing', () => {
    const text = fc
      .array(fc.constantFrom('一。', 'two! ', 'x', '\n', '；', 'word '), { maxLength: 12 })
      .map((all) => all.join(''));
    fc.assert(
      fc.property(text, text, (base, mine) => {
        expect(mergeTexts(base, mine, base)).toBe(mine);
        expect(mergeTexts(base, base, mine)).toBe(mine);
        expect(mergeTexts(base, mine, mine)).toBe(mine);
      }),
      { numRuns: RUNS },
    );
  });
});
