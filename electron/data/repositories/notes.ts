import type { Output, Parsed } from '#shared/contracts/registry.ts';
import { plainDate } from '#shared/domain/dates.ts';
import type { Note } from '#shared/domain/entities/index.ts';
import { noteLines } from '#shared/domain/rules/note-extract.ts';
import { matchLines, type NoteRecord, type TurnedLine } from '#shared/domain/rules/note-records.ts';
import { keptAs, needsApproval } from '#shared/domain/rules/promise.ts';
import type { Change } from '#shared/sync/mutation.ts';
import { creation, updating } from '../changes.ts';
import { type ReadableDb, read } from '../database/connection.ts';
import { derivedId } from '../derived-id.ts';
import { type CommandContext, defineFeature, type Plan } from '../feature.ts';
import { livingRecord } from './customers/outlook.ts';
import { sql } from './customers/sql.ts';
import { customerNameOf, namedPage } from './named-rows.ts';

type Extract = Output<'note.extract'>['extracts'][number];
type NamedNote = Output<'note.list'>['rows'][number];

/** What the lines of a note became; removed ones included, so that they are not made again. */
const recordsOf = (db: ReadableDb, noteId: string): NoteRecord[] =>
  (['promise', 'task'] as const).flatMap((kind) =>
    read<{ id: string; text: string; status: string; due_on: string | null; deleted: number }>(
      db,
      `SELECT id, text, status, due_on, deleted FROM ${kind} WHERE note_id = ?`,
    )
      .all(noteId)
      .map((row) => ({
        id: row.id,
        kind,
        text: row.text,
        open: row.status === 'open' && row.deleted === 0,
        removed: row.deleted === 1,
        dueOn: row.due_on,
      })),
  );

const turnedLines = (db: ReadableDb, note: Note): TurnedLine[] =>
  matchLines(noteLines(note.body, plainDate(note.takenAt, note.zone)), recordsOf(db, note.id), (...words) =>
    derivedId('note', note.id, ...words),
  );

const extractsOf = (turned: readonly TurnedLine[]): Extract[] =>
  turned.map(({ line, kind, text, recordId }) => ({ line, kind, text, recordId }));

const creationOf = (note: Note, turned: TurnedLine, at: string): Change => {
  const { kind, recordId, text, dueOn, madeBy } = turned;
  const common = {
    customerId: note.customerId,
    visitId: note.visitId,
    noteId: note.id,
    text,
    dueOn,
    createdAt: at,
  };
  if (kind === 'task') return creation('task', recordId, common);
  return creation('promise', recordId, {
    ...common,
    madeBy,
    madeOn: plainDate(note.takenAt, note.zone),
    needsApproval: madeBy === 'me' && needsApproval(text),
  });
};

const updateOf = ({ kind, recordId, text, dueOn, madeBy }: TurnedLine): Change => {
  const changed = { text, ...(dueOn && { dueOn }) };
  if (kind === 'task') return updating('task', recordId, changed);
  return updating('promise', recordId, { ...changed, needsApproval: madeBy === 'me' && needsApproval(text) });
};

/** A ticked box settles what the line became. */
const settlementOf = ({ kind, recordId, record }: TurnedLine, on: string): Change =>
  kind === 'task'
    ? updating('task', recordId, { status: 'done', doneOn: on })
    : updating('promise', recordId, {
        status: keptAs(record?.dueOn ?? null, on),
        settledOn: on,
      });

/** Turns the lines of a note into promises and tasks; repeating it changes nothing. */
const extract = (
  { id }: Parsed<'note.extract'>,
  { db, commandId, at }: CommandContext,
): Plan<Output<'note.extract'>> => {
  const note = livingRecord<Note>(db, 'note', id);
  const turned = turnedLines(db, note);
  const on = plainDate(at, note.zone);
  const changes = turned.flatMap((one): Change[] => {
    if (one.step === 'create') return [creationOf(note, one, at)];
    if (one.step === 'update') return [updateOf(one)];
    return one.step === 'settle' ? [settlementOf(one, on)] : [];
  });
  return { changes, value: { commandId, extracts: extractsOf(turned.filter((one) => one.step !== 'none')) } };
};

const getNote = (db: ReadableDb, id: string): Output<'note.get'> => {
  const note = livingRecord<Note>(db, 'note', id);
  const there = turnedLines(db, note).filter((one) => one.record && !one.record.removed);
  return { ...note, customerName: customerNameOf(db, note.customerId) ?? '', extracts: extractsOf(there) };
};

/** Notes of meetings, in Markdown. */
export const notes = defineFeature({
  queries: {
    'note.get': ({ id }, { db }) => getNote(db, id),
    'note.list': ({ customerId, visitId, offset, limit }, { db }) =>
      namedPage<NamedNote>(db, {
        entity: 'note',
        where: [
          ...(customerId ? [sql('t.customer_id = ?', customerId)] : []),
          ...(visitId ? [sql('t.visit_id = ?', visitId)] : []),
        ],
        order: 't.pinned DESC, t.taken_at DESC, t.id DESC',
        offset,
        limit,
      }),
  },
  commands: { 'note.extract': extract },
});
