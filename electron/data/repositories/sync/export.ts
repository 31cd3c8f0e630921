import { Readable } from 'node:stream';
import { format } from 'date-fns';
import type { Output, Parsed } from '#shared/contracts/registry.ts';
import type { ConflictItem, RefusedItem, WaitingItem } from '#shared/contracts/sync.ts';
import { majorUnits } from '#shared/domain/money.ts';
import { type FieldFormat, fieldName, fieldValueWords } from '#shared/presentation/field-words.ts';
import { type DocumentLanguage, wordsOf } from '#shared/presentation/words.ts';
import { type ReadableDb, read } from '../../database/connection.ts';
import { BOM } from '../../documents/csv-safe.ts';
import { writeWhole } from '../../documents/export/whole-file.ts';
import type { EffectContext } from '../../feature.ts';
import { conflictPage } from './conflicts.ts';
import { refusedPage } from './refused.ts';
import { waitingPage } from './waiting.ts';

const PAGE = 500;

const formatOf = (db: ReadableDb, language: DocumentLanguage): FieldFormat => ({
  word: wordsOf(language),
  date: (value) => value,
  instant: (value) => format(new Date(value), 'yyyy-MM-dd HH:mm'),
  number: String,
  money: (minor) => majorUnits(minor, 'CNY').toFixed(2),
  tag: (id) => read<{ name: string }>(db, 'SELECT name FROM tag WHERE id = ?').get(id)?.name ?? null,
});

function* pages<Item>(page: (offset: number) => { items: Item[] }): Generator<Item> {
  for (let offset = 0; ; offset += PAGE) {
    const { items } = page(offset);
    yield* items;
    if (items.length < PAGE) return;
  }
}

type Line = [label: string, words: string];

/** How items are written: a headline, and a line per value. */
const writerOf = (words: FieldFormat) => {
  const { word } = words;
  const label = (key: string): string => word(`outbox:${key}`);
  const headline = (
    n: number,
    { entity, label: name, customerName }: WaitingItem | RefusedItem | ConflictItem,
  ) =>
    [`${n}. ${word(`vocabulary:entity.${entity}`)}`, name, customerName === name ? null : customerName]
      .filter(Boolean)
      .join(' · ');
  const value = (entity: string, field: string, one: unknown): string =>
    (fieldValueWords(entity, field, one, words) || label('unknown')).replaceAll('\n', '\n      ');
  const lines = (list: Line[]): string =>
    list.map(([name, text]) => `   ${name}${word('fields:value.colon')}${text}\n`).join('');
  const shown = (entity: string, field: string, list: Line[]): Line[] => [
    [label('field'), fieldName(entity, field, words)] as Line,
    ...list,
  ];
  return {
    label,
    headline,
    value,
    lines,
    shown,
    typed: (item: WaitingItem | RefusedItem): Line => [label('typedAt'), words.instant(item.typedAt)],
    at: words.instant,
  };
};
type Writer = ReturnType<typeof writerOf>;

const waitingText = (write: Writer, n: number, item: WaitingItem): string =>
  `${write.headline(n, item)}\n${write.lines([
    write.typed(item),
    [write.label('what'), write.label(`op.${item.op}`)],
    ...item.fields.flatMap(({ field, before, mine }) =>
      write.shown(item.entity, field, [
        [write.label('before'), write.value(item.entity, field, before)],
        [write.label('mine'), write.value(item.entity, field, mine)],
      ]),
    ),
  ])}`;

const refusedText = (write: Writer, n: number, item: RefusedItem): string =>
  `${write.headline(n, item)}\n${write.lines([
    write.typed(item),
    [write.label('refusedAt'), write.at(item.refusedAt)],
    [write.label('why'), write.label(`reason.${item.reason}`)],
    [write.label('what'), write.label(`op.${item.op}`)],
    ...item.fields.flatMap(({ field, before, mine, theirs }) =>
      write.shown(item.entity, field, [
        [write.label('before'), write.value(item.entity, field, before)],
        [write.label('mine'), write.value(item.entity, field, mine)],
        ...(theirs === undefined
          ? []
          : ([[write.label('theirs'), write.value(item.entity, field, theirs)]] as Line[])),
      ]),
    ),
  ])}`;

const conflictText = (write: Writer, n: number, item: ConflictItem): string => {
  const side = ({ value, by, mine, at }: ConflictItem['kept']): string =>
    `${write.value(item.entity, item.field, value)} (${[mine ? write.label('me') : by, write.at(at)].filter(Boolean).join(' · ')})`;
  return `${write.headline(n, item)}\n${write.lines(
    write.shown(item.entity, item.field, [
      [write.label('before'), write.value(item.entity, item.field, item.before)],
      [write.label('kept'), side(item.kept)],
      [write.label('lost'), side(item.lost)],
    ]),
  )}`;
};

/** Writes everything that waits, was refused or conflicts as a text a person can read. */
export const exportOutbox = async (
  { file, language }: Parsed<'sync.exportOutbox'>,
  { db, files, now }: EffectContext,
): Promise<Output<'sync.exportOutbox'>> => {
  const { path } = await files.resolve(file);
  const write = writerOf(formatOf(db, language));
  let items = 0;
  function* section<Item>(
    title: string,
    all: Generator<Item>,
    text: (write: Writer, n: number, item: Item) => string,
  ): Generator<string> {
    yield `\n== ${write.label(title)} ==\n`;
    let n = 0;
    for (const item of all) {
      n += 1;
      items += 1;
      yield `\n${text(write, n, item)}`;
    }
    if (n === 0) yield `${write.label('nothing')}\n`;
  }
  function* everything(): Generator<string> {
    yield `${BOM}${write.label('title')} · ${write.at(now().toISOString())}\n`;
    const page = { limit: PAGE };
    yield* section(
      'waiting',
      pages((offset) => waitingPage(db, { ...page, offset })),
      waitingText,
    );
    yield* section(
      'refused',
      pages((offset) => refusedPage(db, { ...page, offset, settled: false })),
      refusedText,
    );
    yield* section(
      'conflict',
      pages((offset) => conflictPage(db, { ...page, offset, settled: false })),
      conflictText,
    );
  }
  await writeWhole(path, Readable.from(everything()));
  return { items };
};
