import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JournalEntry } from '../../electron/data/database/commit.ts';
import { type Journal, openJournal } from '../../electron/data/database/journal/journal.ts';

const BOOK = '0198b5a0-1111-7abc-8def-123456789abc';
const KEY = randomBytes(32);
const ENTRIES = 24;
let root: string;
let original: string;
let work: string;

const entry = (n: number): JournalEntry => ({
  commandId: `command ${n}`,
  name: 'test',
  at: '2026-03-02T01:02:03.004Z',
  actor: 'me',
  result: { text: '话'.repeat((n * 37) % 400) },
  mutations: [],
});
const open = (folder: string, options: { key?: Uint8Array; known?: number } = {}): Journal =>
  openJournal({
    folder,
    bookKey: options.key ?? KEY,
    bookId: BOOK,
    known: options.known ?? 0,
    now: new Date('2026-03-02T01:02:03.004Z'),
    segmentBytes: 500,
  });
const numbersOf = (journal: Journal): number[] =>
  [...journal.entriesAfter(0)].map(({ sequence, entry: found }) => {
    expect(found).toEqual(entry(sequence));
    return sequence;
  });
const all = Array.from({ length: ENTRIES }, (_, n) => n + 1);
const segmentsIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.vbj'))
    .sort();
const lostIn = (journal: Journal): number =>
  journal.report.damage.reduce((sum, damage) => sum + damage.records, 0);

beforeAll(() => {
  // in memory where that can be: these are tests of bytes, and thousands of flushes would make them tests of the disk
  root = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'visitbook-journal-'));
  original = join(root, 'original');
  work = join(root, 'work');
  const journal = open(original);
  for (const n of all) journal.append(entry(n));
  journal.close();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Runs `damage` on a copy and opens it. */
const damaged = <T>(damage: (segments: string[]) => void, look: (journal: Journal) => T): T => {
  rmSync(work, { recursive: true, force: true });
  cpSync(original, work, { recursive: true });
  damage(segmentsIn(work).map((name) => join(work, name)));
  const journal = open(work);
  try {
    return look(journal);
  } finally {
    journal.close();
  }
};
const change = (file: string, how: (bytes: Buffer) => Buffer): void =>
  writeFileSync(file, how(readFileSync(file)));

describe('the journal', () => {
  test('gives back what was appended, over several segments', () => {
    expect(segmentsIn(original).length).toBeGreaterThan(3);
    damaged(
      () => undefined,
      (journal) => {
        expect(numbersOf(journal)).toEqual(all);
        expect([...journal.entriesAfter(20)].map(({ sequence }) => sequence)).toEqual([21, 22, 23, 24]);
        expect(journal.report).toEqual({ damage: [], tornBytes: 0, unreadable: 0 });
      },
    );
  });

  test('torn at any byte of its last segment gives back every whole entry, keeps the rest aside, and goes on', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean(), (share, zeros) =>
        damaged(
          (segments) =>
            change(segments.at(-1) as string, (bytes) => {
              const cut = 112 + Math.floor((bytes.length - 112) * share);
              return zeros
                ? Buffer.concat([bytes.subarray(0, cut), Buffer.alloc(500)])
                : bytes.subarray(0, cut);
            }),
          (journal) => {
            const whole = numbersOf(journal);
            expect(whole).toEqual(all.slice(0, whole.length));
            expect(lostIn(journal)).toBe(0);
            const torn = readdirSync(work).filter((name) => name.includes('.torn-'));
            expect(torn).toHaveLength(journal.report.tornBytes > 0 ? 1 : 0);
            const next = whole.length + 1;
            expect(journal.next).toBe(next);
            journal.append(entry(next));
            journal.close();
            const again = open(work);
            expect(numbersOf(again)).toEqual([...whole, next]);
            again.close();
          },
        ),
      ),
      { numRuns: 150 },
    );
  });

  test('with flipped bits anywhere gives back everything else, and nothing that was not written', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(20), fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(7)), {
          minLength: 1,
          maxLength: 3,
        }),
        (flips) =>
          damaged(
            (segments) => {
              for (const [n, share, bit] of flips)
                change(segments[n % segments.length] as string, (bytes) => {
                  const at = 112 + Math.floor((bytes.length - 112) * share);
                  bytes[at] = (bytes[at] as number) ^ (1 << bit);
                  return bytes;
                });
            },
            (journal) => {
              const found = numbersOf(journal);
              expect(found.length).toBeGreaterThanOrEqual(ENTRIES - flips.length);
              expect(found).toEqual(found.toSorted((a, b) => a - b));
              const missingInside = all.filter((n) => !found.includes(n) && n < (found.at(-1) ?? 0)).length;
              expect(lostIn(journal)).toBe(missingInside);
            },
          ),
      ),
      { numRuns: 150 },
    );
  });

  test('sees that entries or segments were taken out or put elsewhere', () => {
    damaged(
      (segments) => rmSync(segments[1] as string),
      (journal) => {
        const found = numbersOf(journal);
        expect(lostIn(journal)).toBe(ENTRIES - found.length);
        expect(found.length).toBeLessThan(ENTRIES);
      },
    );
    damaged(
      ([first, second]) => {
        const [a, b] = [readFileSync(first as string), readFileSync(second as string)];
        writeFileSync(first as string, Buffer.concat([a.subarray(0, 112), b.subarray(112)]));
      },
      (journal) => {
        const found = numbersOf(journal);
        expect(lostIn(journal)).toBe(ENTRIES - found.length);
        expect(found).not.toContain(1);
      },
    );
  });

  test('does not open with another key, and keeps the files', () => {
    rmSync(work, { recursive: true, force: true });
    cpSync(original, work, { recursive: true });
    const journal = open(work, { key: randomBytes(32) });
    expect(numbersOf(journal)).toEqual([]);
    expect(journal.report.unreadable).toBe(segmentsIn(original).length);
    expect(readdirSync(work)).toHaveLength(segmentsIn(original).length);
    journal.close();
  });

  test('goes on after what the database knows even when its files are gone', () => {
    rmSync(work, { recursive: true, force: true });
    const journal = open(work, { known: 40 });
    journal.append(entry(41));
    expect([...journal.entriesAfter(40)]).toEqual([]);
    journal.close();
    const again = open(work, { known: 40 });
    expect([...again.entriesAfter(40)].map(({ sequence }) => sequence)).toEqual([41]);
    again.close();
  });

  test('lets go of segments only when everything in them is settled', () => {
    damaged(
      () => undefined,
      (journal) => {
        const total = segmentsIn(work).length;
        expect(journal.prune(0)).toBe(0);
        const gone = journal.prune(12);
        expect(gone).toBeGreaterThan(0);
        expect([...journal.entriesAfter(12)].map(({ sequence }) => sequence)).toEqual(all.slice(12));
        journal.prune(ENTRIES);
        expect(segmentsIn(work).length).toBe(1);
        expect(total).toBeGreaterThan(gone + 1);
      },
    );
  });

  test('holds nothing a person could read', () => {
    const secret = '王芳的账户 13800138000';
    rmSync(work, { recursive: true, force: true });
    const journal = open(work);
    journal.append({ ...entry(1), result: secret });
    journal.close();
    const bytes = Buffer.concat(segmentsIn(work).map((name) => readFileSync(join(work, name))));
    expect(bytes.includes(Buffer.from(secret))).toBe(false);
    expect(bytes.includes(Buffer.from('13800138000'))).toBe(false);
  });
});
