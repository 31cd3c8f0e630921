import { v7 as uuid } from 'uuid';
import { vi } from 'vitest';
import { read } from '../../../electron/data/database/connection.ts';
import { commitHooks, features } from '../../../electron/data/features.ts';
import { httpTransport } from '../../../electron/data/sync/transport.ts';
import { openTestBook, type TestBook } from '../../support/book.ts';
import { TEST_PASSWORD } from '../../support/server.ts';

/** A laptop with the whole data process and its own loop of rounds, over real HTTP. */
export const openLaptop = (): TestBook => {
  const book = openTestBook(features, { hooks: commitHooks, transportTo: httpTransport });
  book.book.clock.become(uuid().slice(-12));
  return book;
};

export const connect = async (book: TestBook, url: string, username: string): Promise<void> => {
  await book.call('sync.connect', { url, username, password: TEST_PASSWORD, deviceName: username });
};

export const closeLaptop = async (book: TestBook): Promise<void> => {
  await book.sync.stop();
  book.close();
};

/** Asks for a round, however it ends. */
export const tryRound = (book: TestBook): Promise<string> =>
  book.call('sync.now', {}).then(
    () => 'done',
    (error: { code?: string }) => error.code ?? String(error),
  );

/** Asks for rounds until one ends well and nothing waits. */
export const settle = (book: TestBook): Promise<void> =>
  vi.waitFor(
    async () => {
      await book.call('sync.now', {});
      const { waiting } = await book.call('sync.state', {});
      if (waiting > 0) throw new Error(`${waiting} wait`);
    },
    { timeout: 60_000, interval: 200 },
  );

/** Types a new customer; answers its id. */
export const typeCustomer = async (book: TestBook, name: string): Promise<string> => {
  const id = uuid();
  await book.call('customer.create', { id, fields: { kind: 'person', name } });
  return id;
};

export const customerNames = (book: TestBook): string[] =>
  read<{ name: string }>(book.book.db, 'SELECT name FROM customer WHERE deleted = 0')
    .all()
    .map(({ name }) => name)
    .sort();
