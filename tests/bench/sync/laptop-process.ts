// A laptop in a process of its own: an encrypted book with journal, the real engine, real HTTP. Told what to do by messages
// (laptop.ts), so that its time and memory are its own.
import { v7 as uuid } from 'uuid';
import { read } from '../../../electron/data/database/connection.ts';
import { commitHooks, features } from '../../../electron/data/features.ts';
import { createSyncEngine } from '../../../electron/data/sync/engine.ts';
import { enrol } from '../../../electron/data/sync/enrol.ts';
import { noAttachments } from '../../../electron/data/sync/parts.ts';
import { createServerClient } from '../../../electron/data/sync/server-client.ts';
import { httpTransport, type Transport } from '../../../electron/data/sync/transport.ts';
import { openTestBook } from '../../support/book.ts';
import { TEST_PASSWORD } from '../../support/server.ts';
import type { Done, Order } from './laptop.ts';
import { TODAY } from './made-records.ts';
import { rawInsert } from './raw-insert.ts';

const PAGE = 1_000;
let plain: { up: number; down: number } | null = null;
const sizeOf = (body: unknown): number => (body === undefined ? 0 : Buffer.byteLength(JSON.stringify(body)));

/** Carries requests over HTTP, and adds up what they are before they are packed, when somebody asked. */
const measuredTransport =
  (url: string): Transport =>
  async (request, options) => {
    const answer = await httpTransport(url)(request, options);
    if (plain) {
      plain.up += sizeOf(request.body);
      plain.down += sizeOf(answer.body);
    }
    return answer;
  };

const test = openTestBook(features, { hooks: [...commitHooks], journal: true });
const { book } = test;
book.clock.become(uuid().slice(-12));
let usable = 0;
let complete = 0;
let begun = 0;
const engine = createSyncEngine({
  book,
  server: createServerClient(book.writable, measuredTransport),
  now: () => new Date(),
  today: () => TODAY,
  appVersion: '0.0.0',
  attachments: noAttachments,
  onState() {
    const { progress } = engine.state;
    if (progress && progress.done >= PAGE) usable ||= performance.now() - begun;
    if (progress?.total != null && progress.done >= progress.total) complete ||= performance.now() - begun;
  },
  log: console.error,
});

/** Contacts of the first customers, typed here. */
const typeContacts = (count: number): void => {
  const customers = read<{ id: string }>(
    book.db,
    'SELECT id FROM customer WHERE deleted = 0 ORDER BY id LIMIT 100',
  ).all();
  const at = new Date().toISOString();
  book.commit({
    commandId: uuid(),
    name: 'bench',
    actor: 'me',
    at,
    result: null,
    changes: Array.from({ length: count }, (_, n) => ({
      entity: 'interaction' as const,
      id: uuid(),
      op: 'create' as const,
      fields: {
        customerId: customers[n % customers.length]?.id,
        kind: 'call',
        at,
        zone: 'Asia/Shanghai',
        purpose: 'care',
        outcome: 'reached',
        summary: `聊了近况,问了定期到期后的打算 ${n}`,
        createdAt: at,
      },
    })),
  });
};

const round = async (): Promise<Done> => {
  begun = performance.now();
  usable = 0;
  complete = 0;
  const result = await engine.round();
  const milliseconds = performance.now() - begun;
  if (!result.ok) throw result.error;
  const { pushed, refused, pulled } = result.report;
  return { milliseconds, usable, complete, pushed, refused, pulled, plain, memoryMB: memory() };
};

const memory = (): number => process.resourceUsage().maxRSS / 1_024;
const idle = (): Done => ({
  milliseconds: 0,
  usable: 0,
  complete: 0,
  pushed: 0,
  refused: 0,
  pulled: 0,
  plain: null,
  memoryMB: memory(),
});

const obey = async (order: Order): Promise<Done> => {
  switch (order.do) {
    case 'enrol':
      await enrol(book.writable, httpTransport, {
        url: order.url,
        username: order.username,
        password: TEST_PASSWORD,
        deviceName: 'bench',
        clientId: book.clock.clientId,
      });
      return idle();
    case 'type':
      typeContacts(order.count);
      return idle();
    case 'round':
      plain = order.measurePlain ? { up: 0, down: 0 } : null;
      return round();
    case 'raw':
      return { ...idle(), milliseconds: rawInsert(order.customers, order.ownerId) };
    case 'end':
      test.close();
      setImmediate(() => process.disconnect());
      return idle();
  }
};

process.on('message', (order: Order) => {
  obey(order).then(
    (done) => process.send?.(done),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
