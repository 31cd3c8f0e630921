import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { v7 as uuid } from 'uuid';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { AttachmentsAdded } from '#shared/contracts/attachments.ts';
import type { Input, Output } from '#shared/contracts/registry.ts';
import { sweepAttachments } from '../../electron/data/attachments/sweep.ts';
import { noteFile } from '../../electron/data/attachments/table.ts';
import { commitHooks, features } from '../../electron/data/features.ts';
import { openTestBook, type TestBook } from '../support/book.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
let book: TestBook;
const customerId = uuid();

beforeEach(async () => {
  book = openTestBook(features, { hooks: commitHooks });
  await book.call('customer.create', { id: customerId, fields: { kind: 'person', name: '王芳' } });
});
afterEach(() => book.close());

const chosen = (name: string, content: Uint8Array): string => {
  const path = join(book.folder, name);
  writeFileSync(path, content);
  return tokenOf(path);
};
const tokenOf = (path: string): string => {
  const token = randomBytes(24).toString('base64url');
  book.files.set(token, path);
  return token;
};
const add = async (
  sources: Input<'attachment.add'>['sources'],
  more: Partial<Input<'attachment.add'>> = {},
): Promise<AttachmentsAdded> => {
  const { jobId } = await book.call('attachment.add', { customerId, sources, ...more });
  await book.jobs.settled();
  const job = book.jobs.get(jobId);
  expect(job?.state, JSON.stringify(job?.error)).toBe('done');
  return job?.result as AttachmentsAdded;
};
const list = async (): Promise<Output<'attachment.list'>['rows']> =>
  (await book.call('attachment.list', { customerId })).rows;
const firstId = async (): Promise<string> => (await list())[0]?.id ?? '';
const stored = (): string[] => readdirSync(join(book.folder, 'attachments'));

test('files of a dialog are kept with a customer, in one command that one undo takes back', async () => {
  const large = randomBytes(700_000);
  const { commandId, added } = await add([
    { file: chosen('合同.pdf', Buffer.concat([Buffer.from('%PDF-1.7\n'), large])) },
    { file: chosen('empty.txt', Buffer.alloc(0)) },
    { file: chosen('photo.exe', PNG) },
  ]);
  expect(added).toBe(3);
  expect(
    (await list())
      .map(({ name, mediaType, bytes, state, preview }) => [name, mediaType, bytes, state, preview])
      .sort(),
  ).toEqual([
    ['empty.txt', 'text/plain', 0, 'local', 'text'],
    ['photo.exe', 'image/png', PNG.length, 'local', 'picture'],
    ['合同.pdf', 'application/pdf', 700_009, 'local', null],
  ]);
  await book.call('undo.command', { commandId });
  expect(await list()).toEqual([]);
  expect(stored()).toHaveLength(3);
});

test('what was dropped or pasted comes in pieces, each of them once', async () => {
  const content = randomBytes(2_500_000);
  const upload = uuid();
  for (let at = 0; at < content.length; at += 1_000_000) {
    const piece = new Uint8Array(content.subarray(at, at + 1_000_000));
    await book.call('attachment.send', { upload, at, piece });
    await book.call('attachment.send', { upload, at, piece });
  }
  await expect(
    book.call('attachment.send', { upload, at: 9_000_000, piece: new Uint8Array(1) }),
  ).rejects.toMatchObject({ code: 'not_found' });
  await add([{ upload, name: '..\\..\\截图\u202Egnp.exe' }]);
  const [row] = await list();
  expect(row).toMatchObject({ name: '截图gnp.exe', bytes: content.length });
  const out = tokenOf(join(book.folder, 'out.bin'));
  expect(await book.call('attachment.saveAs', { id: row?.id ?? '', file: out })).toEqual({
    bytes: content.length,
  });
  expect(readFileSync(join(book.folder, 'out.bin')).equals(content)).toBe(true);
  expect((await add([{ upload, name: 'again' }])).failed).toEqual([{ name: 'again', code: 'not_found' }]);
});

test('a folder, a device, a pipe and a file that is gone are refused, the others are taken', async () => {
  const folder = join(book.folder, 'folder');
  mkdirSync(folder);
  const link = join(book.folder, 'link.txt');
  writeFileSync(join(folder, 'real.txt'), 'real');
  symlinkSync(join(folder, 'real.txt'), link);
  const { added, failed } = await add([
    { file: tokenOf(folder) },
    { file: tokenOf('/dev/zero') },
    { file: tokenOf(join(book.folder, 'gone.txt')) },
    { file: 'x'.repeat(30) },
    { file: tokenOf(link) },
  ]);
  expect([added, failed.map(({ code }) => code)]).toEqual([
    1,
    ['file_unreadable', 'file_unreadable', 'file_unreadable', 'file_token_unknown'],
  ]);
  expect((await list()).map(({ name }) => name)).toEqual(['link.txt']);
});

test('the same content is kept once for many records, and goes with the last', async () => {
  const content = randomBytes(1_000);
  await add([{ file: chosen('a.bin', content) }, { file: chosen('b.bin', content) }]);
  expect(stored()).toHaveLength(1);
  const ids = (await list()).map(({ id }) => id);
  const later = (days: number) => new Date(Date.now() + days * 86_400_000);
  await book.call('attachment.remove', { ids: ids.slice(0, 1) });
  expect(sweepAttachments(book.book.db, book.attachments, later(90))).toBe(0);
  const { commandId } = await book.call('attachment.remove', { ids: ids.slice(1) });
  expect(sweepAttachments(book.book.db, book.attachments, later(29))).toBe(0);
  await book.call('undo.command', { commandId });
  expect(sweepAttachments(book.book.db, book.attachments, later(90))).toBe(0);
  await book.call('attachment.remove', { ids });
  expect(sweepAttachments(book.book.db, book.attachments, later(90))).toBe(1);
  expect(stored()).toEqual([]);
});

test('renaming keeps to a plain name', async () => {
  await add([{ file: chosen('a.txt', Buffer.from('a')) }]);
  await book.call('attachment.rename', { id: await firstId(), name: '../x/报价单.txt' });
  expect((await list())[0]?.name).toBe('报价单.txt');
});

test('a damaged content is said to be damaged, and is whole again when added again', async () => {
  const content = randomBytes(100_000);
  await add([{ file: chosen('a.bin', content) }]);
  const file = join(book.folder, 'attachments', stored()[0] ?? '');
  const bytes = readFileSync(file);
  bytes[5_000] = (bytes[5_000] ?? 0) ^ 0xff;
  writeFileSync(file, bytes);
  const out = join(book.folder, 'out.bin');
  await expect(
    book.call('attachment.saveAs', { id: await firstId(), file: tokenOf(out) }),
  ).rejects.toMatchObject({ code: 'attachment_damaged' });
  expect(() => statSync(out)).toThrow();
  expect((await list())[0]?.state).toBe('damaged');
  await add([{ file: chosen('again.bin', content) }]);
  expect((await list()).map(({ state }) => state)).toEqual(['local', 'local']);
});

test('only what is a picture is shown as one, whatever its record says', async () => {
  await add([{ file: chosen('a.png', PNG) }]);
  const shown = await book.call('attachment.preview', { id: await firstId() });
  expect([shown.mediaType, Buffer.from(shown.content).equals(PNG)]).toEqual(['image/png', true]);
  const html = Buffer.from('<script>alert(1)</script>');
  const id = uuid();
  const intake = await book.attachments.intake();
  await intake.write(html);
  await intake.keep();
  book.book.commit({
    commandId: uuid(),
    name: 'test',
    at: new Date().toISOString(),
    actor: 'me',
    result: null,
    changes: [
      {
        entity: 'attachment',
        id,
        op: 'create',
        fields: {
          customerId,
          name: 'x.png',
          mediaType: 'image/png',
          bytes: html.length,
          sha256: createHash('sha256').update(html).digest('hex'),
          createdAt: new Date().toISOString(),
        },
      },
    ],
  });
  await expect(book.call('attachment.preview', { id })).rejects.toMatchObject({ code: 'not_allowed' });
});

test('what is not here is asked for, when there is a server', async () => {
  const content = randomBytes(10);
  await add([{ file: chosen('a.bin', content) }]);
  const id = await firstId();
  const sha256 = createHash('sha256').update(content).digest('hex');
  noteFile(book.book.writable, sha256, { stored_at: new Date().toISOString() });
  expect((await list())[0]?.state).toBe('stored');
  book.attachments.remove(sha256);
  expect((await list())[0]?.state).toBe('remote');
  await expect(
    book.call('attachment.saveAs', { id, file: tokenOf(join(book.folder, 'o')) }),
  ).rejects.toMatchObject({ code: 'attachment_not_here' });
  await expect(book.call('attachment.fetch', { id })).rejects.toMatchObject({ code: 'offline' });
});
