import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import fc from 'fast-check';
import { v7 as uuid } from 'uuid';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Method } from '#shared/contracts/contract.ts';
import type { ResponseEnvelope } from '#shared/contracts/envelope.ts';
import { wireError } from '#shared/contracts/errors.ts';
import { type MethodName, registry } from '#shared/contracts/registry.ts';
import { checkDatabase } from '../../electron/data/database/integrity.ts';
import { commitHooks, features } from '../../electron/data/features.ts';
import { missingMethods } from '../../electron/data/router.ts';
import { openTestBook, type TestBook } from '../support/book.ts';
import { hostile, type Pool, spoiled, validFor } from './arbitrary.ts';

const NAUGHTY = resolve(import.meta.dirname, '../../../shared/data/blns/blns.json');
const RUNS = 60;
const PATIENCE = 3_000;
const AT = '2026-03-02T01:02:03.004Z';

const naughty: string[] = existsSync(NAUGHTY)
  ? (JSON.parse(readFileSync(NAUGHTY, 'utf8')) as string[])
  : ["' OR 1=1 --", '<script>alert(1)</script>', '../../etc/passwd', '%s%n', 'Ω≈ç√∫', '👩‍👩‍👧', '\u202etest'];
if (!existsSync(NAUGHTY)) console.warn('the big list of naughty strings is not here: a short one is used');

let book: TestBook;
const made = {
  customer: [uuid(), uuid()],
  companyContact: [uuid()],
  relation: [uuid()],
  visit: [uuid(), uuid()],
  note: [uuid()],
  task: [uuid()],
  interaction: [uuid()],
  promise: [uuid()],
  script: [uuid()],
  tag: [uuid()],
  savedView: [uuid()],
  report: [uuid()],
  signed: [uuid()],
  review: [uuid()],
  refused: [uuid()],
  conflict: [uuid()],
};
/** Kinds of records whose methods are called otherwise. */
const KINDS: Record<string, keyof typeof made> = {
  'report.correct': 'signed',
  'record.restoreField': 'customer',
  'sync.retryRefused': 'refused',
  'sync.discardRefused': 'refused',
  'sync.settleConflict': 'conflict',
};
const COMMAND = uuid();
const strings = [
  ...Object.values(made).flat(),
  uuid(),
  ...['王芳', 'a', 'name', 'x'.repeat(30), '', 'CNY', 'UTC', 'Asia/Shanghai', '09:30', '2026-03-02', AT],
  ...['2026-03-02T05:02:03.004Z', 'A'.repeat(22), 'skip', 'customer.name', 'custom:x', 'a@b.example', 'key'],
  `data:image/png;base64,${Buffer.from('png').toString('base64')}`,
  ...naughty,
];

/** What the fields of a method are likely to name: its own kind by `id`, others by theirs. */
const poolFor = (name: MethodName): Pool => {
  const kind = KINDS[name] ?? name.split('.')[0];
  const own = made[kind as keyof typeof made] ?? [];
  const fresh = Array.from({ length: 20 }, () => uuid());
  return {
    strings,
    byField: {
      id:
        name.endsWith('.create') || name === 'interaction.log'
          ? Array.from({ length: 20 }, () => uuid())
          : own,
      newId: fresh,
      ids: own,
      customerId: made.customer,
      otherCustomerId: made.customer,
      intoId: made.customer.slice(0, 1),
      fromId: made.customer.slice(1),
      visitId: made.visit,
      commandId: [COMMAND],
      entity: ['customer'],
      field: ['name'],
    },
  };
};

const first = (ids: string[]): string => ids[0] ?? '';

const open = async (): Promise<void> => {
  book = openTestBook(features, { hooks: commitHooks });
  const [customer = '', company = ''] = made.customer;
  const [visit = '', other = ''] = made.visit;
  const hours = { startsAt: AT, endsAt: '2026-03-02T05:02:03.004Z', zone: 'Asia/Shanghai' };
  await book.call('customer.create', { id: customer, fields: { kind: 'person', name: '王芳' } });
  await book.call('customer.create', { id: company, fields: { kind: 'company', name: 'Acme' } }, COMMAND);
  await book.call('companyContact.create', {
    id: first(made.companyContact),
    fields: { customerId: company, name: '李强' },
  });
  await book.call('relation.create', {
    id: first(made.relation),
    fields: { customerId: customer, otherCustomerId: company, kind: 'other' },
  });
  for (const id of [visit, other])
    await book.call('visit.create', { id, fields: { customerId: customer, ...hours } });
  await book.call('note.create', {
    id: first(made.note),
    fields: { customerId: customer, takenAt: AT, zone: 'UTC' },
  });
  await book.call('task.create', { id: first(made.task), fields: { text: 'call back' } });
  await book.call('script.create', { id: first(made.script), fields: { title: 'opening' } });
  await book.call('tag.create', { id: first(made.tag), fields: { name: 'golf' } });
  await book.call('savedView.create', {
    id: first(made.savedView),
    fields: { name: 'all', definition: '{}' },
  });
  await book.call('interaction.log', {
    id: first(made.interaction),
    customerId: customer,
    kind: 'call',
    at: AT,
    zone: 'UTC',
    promise: { id: first(made.promise), text: 'send the offer' },
  });
  for (const [id, visitId] of [
    [first(made.report), other],
    [first(made.signed), visit],
  ] as const) {
    await book.call('report.fromVisit', { id, visitId });
    await book.call('report.update', { id, fields: { facts: 'met', confirmedSummary: 'agreed' } });
  }
  await book.call('report.sign', { id: first(made.signed), signature: '', signedBy: '王芳' });
  book.book.writable
    .prepare('INSERT INTO review (id, at, command, reason, content) VALUES (?, ?, ?, ?, ?)')
    .run(
      first(made.review),
      AT,
      'customer.update',
      'not_found',
      JSON.stringify({ name: 'x', mutations: [] }),
    );
  const task = first(made.task);
  const mutation = { entity: 'task', id: task, op: 'update', fields: { text: 'call' }, before: { text: '' } };
  book.book.writable
    .prepare(
      `INSERT INTO refused (id, change_seq, entity, record_id, customer_id, op, mutation, reason, refused_at)
       VALUES (?, 1, 'task', ?, ?, 'update', ?, 'not_allowed', ?)`,
    )
    .run(first(made.refused), task, customer, JSON.stringify(mutation), AT);
  book.book.writable
    .prepare(
      `INSERT INTO field_conflict (id, customer_id, entity, record_id, field, kept, kept_at, lost, lost_at, created_at, stamps)
       VALUES (?, ?, 'task', ?, 'text', '"call back"', ?, '"call"', ?, ?, '{}')`,
    )
    .run(first(made.conflict), customer, task, AT, AT, AT);
};
const close = async (): Promise<void> => {
  await book.jobs.settled();
  book.close();
};

/** Row counts of every table, and where history and audit stand: what an error must leave as it was. */
const fingerprint = (): string => {
  const db = book.book.writable;
  const tables = db
    .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name`)
    .pluck()
    .all() as string[];
  const counts = tables.map((table) => db.prepare(`SELECT count(*) FROM "${table}"`).pluck().get());
  const heads = db
    .prepare('SELECT (SELECT max(seq) FROM change), (SELECT hash FROM audit_event ORDER BY n DESC LIMIT 1)')
    .raw()
    .get();
  return JSON.stringify([counts, heads]);
};

/** Asks, and holds what must hold whatever was asked. */
const ask = async (raw: unknown, name?: MethodName): Promise<ResponseEnvelope> => {
  // a job of an earlier request that ends while this one is answered would be taken for its trace
  await book.jobs.settled();
  const before = fingerprint();
  const answer = await book.send(raw);
  if (!answer.ok) {
    expect(wireError.safeParse(answer.error).error).toBeUndefined();
    expect(answer.error.code, `${name} ${JSON.stringify(answer.error)}`).not.toBe('internal');
    if (book.jobs.running === 0) expect(fingerprint()).toBe(before);
  } else if (name) {
    const parsed = (registry[name] as Method).output.safeParse(answer.value);
    expect(parsed.error, `${name} answers what its contract does not say`).toBeUndefined();
  }
  return answer;
};

const names = Object.keys(registry) as MethodName[];

test('every method of the registry has one handler', () => {
  expect(missingMethods(features)).toEqual([]);
});

const handled = names.filter((name) => !missingMethods(features).includes(name));

/** Methods that only a file, a running job, a backup, a server or the right step in a row lets through. */
const NEEDS_MORE =
  /^(import|export|team)\.|^sync\.(probe|connect|signIn|exportOutbox|devices|revokeDevice)$|^(job\.get|backup\.now|demo\.fill|attachment\.(?!list)\w+|record\.restoreField|report\.sign|visit\.transition)$/;

describe('a method', () => {
  beforeEach(open);
  afterEach(close);

  test.each(handled)('%s takes what its contract says and refuses the rest', async (name) => {
    const method = registry[name] as Method;
    const input = validFor(method.input, poolFor(name));
    let accepted = 0;
    const path = fc.array(fc.nat(30), { minLength: 1, maxLength: 4 });
    const cases = fc.oneof(
      { weight: 3, arbitrary: input },
      fc.tuple(input, hostile(naughty), path).map(([value, poison, where]) => spoiled(value, poison, where)),
      hostile(naughty),
    );
    await fc.assert(
      fc.asyncProperty(cases, fc.nat(), async (value, id) => {
        const answer = await ask({ id, method: name, commandId: uuid(), input: value }, name);
        if (answer.ok) accepted += 1;
      }),
      { numRuns: RUNS },
    );
    if (NEEDS_MORE.test(name)) return;
    // a method that refuses everything was not tested; where few inputs fit, luck may want more tries
    for (const value of accepted > 0 ? [] : fc.sample(input, PATIENCE)) {
      const answer = await ask({ id: 1, method: name, commandId: uuid(), input: value }, name);
      if (answer.ok) accepted += 1;
      if (accepted > 0) break;
    }
    expect(accepted).toBeGreaterThan(0);
  });
});

describe('the router', () => {
  beforeAll(open);
  afterAll(close);

  test('answers whatever it is sent', async () => {
    const envelope = fc.record(
      {
        id: fc.oneof(fc.nat(), hostile(naughty)),
        method: fc.oneof(
          fc.constantFrom(...names),
          fc.constantFrom('toString', '__proto__', 'constructor'),
          fc.string(),
        ),
        commandId: fc.oneof(fc.constant(uuid()), hostile(naughty)),
        input: fc.oneof(fc.constant({}), hostile(naughty)),
        extra: fc.anything(),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.oneof(envelope, hostile(naughty), fc.anything()), async (raw) => {
        const answer = await ask(raw);
        expect(typeof answer.id).toBe('number');
      }),
      { numRuns: 500 },
    );
    await book.jobs.settled();
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  test('refuses what is too large or too deep', async () => {
    let deep: unknown = 1;
    for (let n = 0; n < 100_000; n += 1) deep = [deep];
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    const inputs = [deep, cycle, 'x'.repeat(17 * 1024 * 1024), Array.from({ length: 3_000_000 }, () => 0)];
    for (const value of inputs)
      expect(await ask({ id: 1, method: 'app.echo', input: { value } })).toMatchObject({
        ok: false,
        error: { code: 'too_large' },
      });
  });

  test('leaves a sound database', () => {
    checkDatabase(book.book.writable);
    expect(book.book.writable.pragma('foreign_key_check')).toEqual([]);
  });
});
