import { expect, test } from 'vitest';
import { noteLines } from './note-extract.ts';
import { matchLines, type NoteRecord } from './note-records.ts';

const idOf = (kind: string, text: string, occurrence: number): string => `${kind}/${text}/${occurrence}`;
const match = (body: string, records: readonly NoteRecord[]) =>
  matchLines(noteLines(body, '2026-03-04'), records, idOf).map(({ recordId, step }) => [recordId, step]);
const task = (id: string, text: string, more: Partial<NoteRecord> = {}): NoteRecord => ({
  id,
  kind: 'task',
  text,
  open: true,
  removed: false,
  dueOn: null,
  ...more,
});

test('a new line becomes a record whose id follows from its words; the same words twice become two', () => {
  expect(match('- [ ] a\n- [ ] a', [])).toEqual([
    ['task/a/0', 'create'],
    ['task/a/1', 'create'],
  ]);
});

test('a line that was turned is kept, even when its record was reworded or put in another place of the note', () => {
  expect(match('下一步:b\n- [ ] a', [task('task/a/0', 'reworded'), task('task/b/0', 'b')])).toEqual([
    ['task/b/0', 'keep'],
    ['task/a/0', 'keep'],
  ]);
});

test('an edited line updates its open record; a settled one stays and the line becomes a new record', () => {
  const body = '- [ ] 把产品说明书发给陈女士';
  expect(match(body, [task('old', '把说明书发给陈女士')])).toEqual([['old', 'update']]);
  expect(match(body, [task('old', '把说明书发给陈女士', { open: false })])).toEqual([
    ['task/把产品说明书发给陈女士/0', 'create'],
  ]);
  expect(match(body, [task('old', '预约风险测评')])).toEqual([['task/把产品说明书发给陈女士/0', 'create']]);
});

test('a ticked box settles what is open, and makes nothing new', () => {
  expect(match('- [x] a', [task('task/a/0', 'a')])).toEqual([['task/a/0', 'settle']]);
  expect(match('- [x] a', [task('task/a/0', 'a', { open: false })])).toEqual([['task/a/0', 'keep']]);
  expect(match('- [x] a', [])).toEqual([['task/a/0', 'none']]);
});

test('what a person removed does not come back', () => {
  expect(match('- [ ] a', [task('task/a/0', 'a', { open: false, removed: true })])).toEqual([
    ['task/a/0', 'none'],
  ]);
});
