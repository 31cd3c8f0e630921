import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { type AddressInfo, connect } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { dropUnnamed } from '../../../server/attachments/chunks.ts';
import { registerAttachments } from '../../../server/http/attachments.ts';
import { Fault } from '../../../server/http/fault.ts';
import type { Database } from '../../../server/store/database.ts';
import { migrate } from '../../../server/store/migrate.ts';
import { openPglite } from '../../../server/store/pglite.ts';

type Role = 'manager' | 'leader' | 'auditor';
interface Person {
  accountId: string;
  bookId: string;
  role: Role;
}
let db: Database;
/** Two servers over one database. */
let one: FastifyInstance;
let two: FastifyInstance;
const people = new Map<string, Person>();
let bookId: string;
let seq = 0;

const serve = async (): Promise<FastifyInstance> => {
  const app = Fastify({ forceCloseConnections: true });
  app.decorateRequest('session', null);
  app.setErrorHandler((error, _request, reply) => {
    if (error instanceof Fault) return reply.status(error.status).send(error.toBody());
    console.error(error);
    return reply.status(500).send({ error: { code: 'internal' } });
  });
  const authenticate = async (request: { session: unknown; headers: Record<string, unknown> }) => {
    const person = people.get(String(request.headers.authorization));
    if (!person) throw new Fault('unauthorized');
    request.session = { ...person, deviceId: randomUUID(), username: 'x', name: 'x' };
  };
  registerAttachments(app, { db, authenticate: authenticate as never, bookBytes: 4_000_000 });
  await app.listen({ port: 0, host: '127.0.0.1' });
  return app;
};

beforeAll(async () => {
  db = await openPglite();
  await migrate(db);
  one = await serve();
  two = await serve();
});
afterAll(async () => {
  await one.close();
  await two.close();
  await db.close();
});

const book = async (): Promise<string> => {
  const id = randomUUID();
  await db.query('INSERT INTO book (id, name, epoch) VALUES ($1, $2, $2)', [id, id]);
  return id;
};
const person = async (role: Role = 'manager', inBook = bookId): Promise<string> => {
  const accountId = randomUUID();
  people.set(accountId, { accountId, bookId: inBook, role });
  return accountId;
};
const assign = (accountId: string, customerId: string) =>
  db.query(
    `INSERT INTO assignment (book_id, customer_id, account_id, role, seq) VALUES ($1, $2, $3, 'deputy', $4)`,
    [bookId, customerId, accountId, ++seq],
  );
const name = async (customerId: string, sha256: string): Promise<string> => {
  const id = randomUUID();
  await db.query(
    `INSERT INTO record (book_id, entity, id, customer_id, data, stamps, seq)
     VALUES ($1, 'attachment', $2, $3, $4::jsonb, '{}', $5)`,
    [bookId, id, customerId, JSON.stringify({ customerId, sha256 }), ++seq],
  );
  return id;
};
const sha = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

const TUS = { 'tus-resumable': '1.0.0' };
const PIECE = { ...TUS, 'content-type': 'application/offset+octet-stream' };
const ask = (
  who: string,
  method: 'GET' | 'HEAD' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  headers: Record<string, string> = {},
  body?: Buffer,
  app = one,
) =>
  app.inject({
    method,
    url: path.startsWith('/') ? path : `/v1/attachments/${path}`,
    headers: { authorization: who, ...headers },
    ...(body && { payload: body }),
  });
const begin = (who: string, sha256: string, bytes: number) =>
  ask(who, 'POST', 'tus', {
    ...TUS,
    'upload-length': String(bytes),
    'upload-metadata': `sha256 ${Buffer.from(sha256).toString('base64')}`,
  });
const put = async (who: string, content: Buffer): Promise<number> => {
  const { headers } = await begin(who, sha(content), content.length);
  const sent = await ask(who, 'PATCH', String(headers.location), { ...PIECE, 'upload-offset': '0' }, content);
  return sent.statusCode;
};
const count = async (table: string): Promise<number> =>
  (await db.query<{ n: number }>(`SELECT count(*) AS n FROM ${table} WHERE book_id = $1`, [bookId]))[0]?.n ??
  0;

beforeEach(async () => {
  bookId = await book();
});

describe('contents of attachments on the server', () => {
  test('what was sent in pieces to two servers comes back from both, whole and in ranges', async () => {
    const [who, customer, content] = [await person(), randomUUID(), randomBytes(900_000)];
    await assign(who, customer);
    await name(customer, sha(content));
    expect((await ask(who, 'HEAD', sha(content))).statusCode).toBe(404);
    const begun = await begin(who, sha(content), content.length);
    expect([begun.statusCode, begun.headers['upload-offset']]).toEqual([201, '0']);
    const location = String(begun.headers.location);
    for (const [n, app] of [one, two, one].entries()) {
      const at = n * 300_000;
      const sent = await ask(
        who,
        'PATCH',
        location,
        { ...PIECE, 'upload-offset': String(at) },
        content.subarray(at, at + 300_000),
        app,
      );
      expect([sent.statusCode, sent.headers['upload-offset']]).toEqual([204, String(at + 300_000)]);
    }
    expect((await ask(who, 'HEAD', sha(content), {}, undefined, two)).statusCode).toBe(200);
    const whole = await ask(who, 'GET', sha(content), {}, undefined, two);
    expect(whole.rawPayload.equals(content)).toBe(true);
    for (const [from, to] of [
      [0, 0],
      [262_143, 262_144],
      [299_999, 600_001],
      [899_999, 899_999],
    ] as const) {
      const part = await ask(who, 'GET', sha(content), { range: `bytes=${from}-${to}` });
      expect([part.statusCode, part.headers['content-range']]).toEqual([206, `bytes ${from}-${to}/900000`]);
      expect(part.rawPayload.equals(content.subarray(from, to + 1))).toBe(true);
    }
    expect((await ask(who, 'GET', sha(content), { range: 'bytes=900000-' })).statusCode).toBe(416);
    expect([await count('attachment_upload'), await count('attachment_blob')]).toEqual([0, 1]);
  });

  test('an empty content is there as soon as it is begun', async () => {
    const [who, customer, empty] = [await person(), randomUUID(), Buffer.alloc(0)];
    await assign(who, customer);
    await name(customer, sha(empty));
    expect((await begin(who, sha(empty), 0)).statusCode).toBe(201);
    const got = await ask(who, 'GET', sha(empty));
    expect([got.statusCode, got.rawPayload.length]).toEqual([200, 0]);
  });

  test('a request cut in the middle leaves what came before the cut', async () => {
    const [who, customer, content] = [await person(), randomUUID(), randomBytes(700_000)];
    await assign(who, customer);
    await name(customer, sha(content));
    const location = String((await begin(who, sha(content), content.length)).headers.location);
    const { port } = one.server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    socket.write(
      `PATCH ${location} HTTP/1.1\r\nhost: x\r\nauthorization: ${who}\r\ntus-resumable: 1.0.0\r\nupload-offset: 0\r\n` +
        `content-type: application/offset+octet-stream\r\ncontent-length: ${content.length}\r\n\r\n`,
    );
    await new Promise((resolve) => socket.write(content.subarray(0, 333_333), resolve));
    socket.destroy();
    const offset = async () =>
      Number((await ask(who, 'HEAD', location, TUS, undefined, two)).headers['upload-offset']);
    await expect.poll(offset, { timeout: 5_000 }).toBeGreaterThan(0);
    // the tail may still be on its way into the database
    let at = await offset();
    let sent = await ask(
      who,
      'PATCH',
      location,
      { ...PIECE, 'upload-offset': String(at) },
      content.subarray(at),
    );
    if (sent.statusCode === 409) {
      at = await offset();
      sent = await ask(
        who,
        'PATCH',
        location,
        { ...PIECE, 'upload-offset': String(at) },
        content.subarray(at),
      );
    }
    expect(sent.statusCode).toBe(204);
    expect((await ask(who, 'GET', sha(content))).rawPayload.equals(content)).toBe(true);
  });

  test('of the same piece sent twice at once one is taken', async () => {
    const [who, customer, content] = [await person(), randomUUID(), randomBytes(100_000)];
    await assign(who, customer);
    await name(customer, sha(content));
    const location = String((await begin(who, sha(content), content.length)).headers.location);
    const piece = content.subarray(0, 60_000);
    const headers = { ...PIECE, 'upload-offset': '0' };
    const both = await Promise.all([one, two].map((app) => ask(who, 'PATCH', location, headers, piece, app)));
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([204, 409]);
    const rest = await ask(
      who,
      'PATCH',
      location,
      { ...PIECE, 'upload-offset': '60000' },
      content.subarray(60_000),
    );
    expect(rest.statusCode).toBe(204);
    expect((await ask(who, 'GET', sha(content))).rawPayload.equals(content)).toBe(true);
  });

  test('two uploads of the same content leave it once', async () => {
    const [who, customer, content] = [await person(), randomUUID(), randomBytes(50_000)];
    await assign(who, customer);
    await name(customer, sha(content));
    expect(await Promise.all([put(who, content), put(who, content)])).toEqual([204, 204]);
    expect([await count('attachment_blob'), await count('attachment_chunk')]).toEqual([1, 1]);
    expect((await ask(who, 'GET', sha(content))).rawPayload.equals(content)).toBe(true);
  });

  test('what is not what its hash says is not kept', async () => {
    const [who, customer, content] = [await person(), randomUUID(), randomBytes(50_000)];
    await assign(who, customer);
    await name(customer, sha(content));
    const location = String((await begin(who, sha(content), content.length)).headers.location);
    const other = await ask(who, 'PATCH', location, { ...PIECE, 'upload-offset': '0' }, randomBytes(50_000));
    expect([other.statusCode, other.json().error.code]).toEqual([400, 'invalid']);
    expect((await ask(who, 'HEAD', location, TUS)).statusCode).toBe(404);
    expect([
      await count('attachment_blob'),
      await count('attachment_chunk'),
      await count('attachment_upload'),
    ]).toEqual([0, 0, 0]);
  });

  test('the last piece was stored and the server ended: an empty piece finishes it', async () => {
    const [who, customer, content] = [await person(), randomUUID(), randomBytes(1_000)];
    await assign(who, customer);
    await name(customer, sha(content));
    const location = String((await begin(who, sha(content), content.length)).headers.location);
    const id = location.split('/').at(-1);
    await db.query(
      'INSERT INTO attachment_chunk (book_id, upload_id, start, content) VALUES ($1, $2, 0, $3)',
      [bookId, id, content],
    );
    await db.query('UPDATE attachment_upload SET received = 1000 WHERE id = $1', [id]);
    const done = await ask(who, 'PATCH', location, { ...PIECE, 'upload-offset': '1000' }, Buffer.alloc(0));
    expect(done.statusCode).toBe(204);
    expect((await ask(who, 'GET', sha(content))).rawPayload.equals(content)).toBe(true);
  });
});

describe('who may read and send', () => {
  test('only those whose scope has a record that names it', async () => {
    const [mine, colleague, leader, auditor] = [
      await person(),
      await person(),
      await person('leader'),
      await person('auditor'),
    ];
    const elsewhere = await person('leader', await book());
    const [customer, content] = [randomUUID(), randomBytes(1_000)];
    await assign(mine, customer);
    const record = await name(customer, sha(content));
    expect(await put(mine, content)).toBe(204);
    const status = async (who: string) => (await ask(who, 'GET', sha(content))).statusCode;
    expect([await status(mine), await status(leader), await status(auditor)]).toEqual([200, 200, 200]);
    expect([await status(colleague), await status(elsewhere), await status('nobody')]).toEqual([
      404, 404, 401,
    ]);
    expect((await begin(colleague, sha(content), 1_000)).statusCode).toBe(404);
    expect((await begin(auditor, sha(content), 1_000)).statusCode).toBe(403);
    await db.query('UPDATE record SET deleted = true WHERE id = $1', [record]);
    expect(await status(mine)).toBe(404);
  });

  test('to know a hash is not enough: a record of one’s own that names it opens nothing', async () => {
    const [owner, thief, hers, his, content] = [
      await person(),
      await person(),
      randomUUID(),
      randomUUID(),
      randomBytes(1_000),
    ];
    await assign(owner, hers);
    await assign(thief, his);
    await name(hers, sha(content));
    expect(await put(owner, content)).toBe(204);
    await name(his, sha(content));
    expect((await ask(thief, 'GET', sha(content))).statusCode).toBe(404);
    expect((await ask(thief, 'HEAD', sha(content))).statusCode).toBe(404);
    // who holds the bytes shows it by sending them
    expect(await put(thief, content)).toBe(204);
    expect((await ask(thief, 'GET', sha(content))).statusCode).toBe(200);
    expect(await count('attachment_blob')).toBe(1);
  });

  test('who can read it may keep it with another customer without sending it again', async () => {
    const [who, colleague, first, second, content] = [
      await person(),
      await person(),
      randomUUID(),
      randomUUID(),
      randomBytes(1_000),
    ];
    await assign(who, first);
    await assign(who, second);
    await assign(colleague, second);
    await name(first, sha(content));
    await put(who, content);
    await name(second, sha(content));
    expect((await ask(colleague, 'GET', sha(content))).statusCode).toBe(404);
    expect((await ask(who, 'HEAD', sha(content))).statusCode).toBe(200);
    expect((await ask(colleague, 'GET', sha(content))).statusCode).toBe(200);
  });

  test('what was written before the customer was taken away can still be sent, and not read', async () => {
    const [who, customer, content] = [await person(), randomUUID(), randomBytes(1_000)];
    const record = await name(customer, sha(content));
    expect((await begin(who, sha(content), 1_000)).statusCode).toBe(404);
    await db.query(
      `INSERT INTO change_log (book_id, client_id, n, account_id, entity, record_id, op, fields, stamp, typed_at, status)
       VALUES ($1, 'c', 1, $2, 'attachment', $3, 'create', '{}', 's', now(), 'applied')`,
      [bookId, who, record],
    );
    expect(await put(who, content)).toBe(204);
    expect((await ask(who, 'GET', sha(content))).statusCode).toBe(404);
  });

  test('an upload belongs to the one who began it', async () => {
    const [who, other, customer, content] = [
      await person(),
      await person(),
      randomUUID(),
      randomBytes(1_000),
    ];
    await assign(who, customer);
    await assign(other, customer);
    await name(customer, sha(content));
    const location = String((await begin(who, sha(content), 1_000)).headers.location);
    for (const [method, headers] of [
      ['HEAD', TUS],
      ['PATCH', { ...PIECE, 'upload-offset': '0' }],
      ['DELETE', TUS],
    ] as const)
      expect(
        (await ask(other, method, location, headers, method === 'PATCH' ? content : undefined)).statusCode,
      ).toBe(404);
    expect((await ask(who, 'DELETE', location, TUS)).statusCode).toBe(204);
    expect((await ask(who, 'HEAD', location, TUS)).statusCode).toBe(404);
  });

  test.each([
    '../../etc/passwd',
    '..%2f..%2fetc%2fpasswd',
    `${'a'.repeat(64)}/../../x`,
    'A'.repeat(64),
    'a'.repeat(63),
    `${'a'.repeat(63)}%00`,
    "a'%20OR%201=1--",
    'tus/../../x',
    'tus/not-a-uuid',
    '__proto__',
  ])('%s is no content', async (path) => {
    const who = await person('leader');
    const answer = await ask(who, 'GET', path);
    expect(answer.statusCode).toBe(404);
    expect(answer.body).not.toMatch(/root:|SELECT|Error:/);
  });

  test('sizes that nobody may send are refused', async () => {
    const [who, customer, hash] = [await person(), randomUUID(), 'a'.repeat(64)];
    await assign(who, customer);
    await name(customer, hash);
    expect((await begin(who, hash, 60_000_000)).statusCode).toBe(413);
    // the book is full
    expect((await begin(who, hash, 4_000_001)).statusCode).toBe(413);
    for (const length of ['-1', 'x', '1e9', '']) {
      const answer = await ask(who, 'POST', 'tus', {
        ...TUS,
        'upload-length': length,
        'upload-metadata': `sha256 ${Buffer.from(hash).toString('base64')}`,
      });
      expect(answer.statusCode).toBe(400);
    }
    expect((await ask(who, 'POST', 'tus', { 'upload-length': '1' })).statusCode).toBe(400);
    const location = String((await begin(who, hash, 10)).headers.location);
    const more = await ask(who, 'PATCH', location, { ...PIECE, 'upload-offset': '0' }, randomBytes(11));
    expect(more.statusCode).toBe(409);
    const other = await ask(who, 'PATCH', location, { ...PIECE, 'upload-offset': '5' }, randomBytes(1));
    expect(other.statusCode).toBe(409);
    const json = await ask(
      who,
      'PATCH',
      location,
      { ...TUS, 'content-type': 'application/json' },
      Buffer.from('{}'),
    );
    expect(json.statusCode).toBe(400);
  });

  test('pruning removes what no record names any more, and only that', async () => {
    const [who, customer] = [await person(), randomUUID()];
    const [kept, removed, gone] = [randomBytes(1_000), randomBytes(2_000), randomBytes(300_000)];
    await assign(who, customer);
    const ids = [];
    for (const content of [kept, removed, gone]) {
      ids.push(await name(customer, sha(content)));
      expect(await put(who, content)).toBe(204);
    }
    await db.query('UPDATE record SET deleted = true WHERE id = $1', [ids[1]]);
    await db.query('DELETE FROM record WHERE id = $1', [ids[2]]);
    expect(await dropUnnamed(db, bookId)).toBe(1);
    expect([
      await count('attachment_blob'),
      await count('attachment_chunk'),
      await count('attachment_grant'),
    ]).toEqual([2, 2, 2]);
    expect((await ask(who, 'GET', sha(kept))).rawPayload.equals(kept)).toBe(true);
  });

  test('what nobody goes on with is removed', async () => {
    const [who, customer, content] = [await person(), randomUUID(), randomBytes(1_000)];
    await assign(who, customer);
    await name(customer, sha(content));
    const location = String((await begin(who, sha(content), 2_000)).headers.location);
    await ask(who, 'PATCH', location, { ...PIECE, 'upload-offset': '0' }, content);
    await db.query(
      "UPDATE attachment_upload SET expires_at = now() - interval '1 second' WHERE book_id = $1",
      [bookId],
    );
    expect((await ask(who, 'HEAD', location, TUS)).statusCode).toBe(404);
    expect(await count('attachment_chunk')).toBe(1);
    await begin(who, sha(content), 1_000);
    expect([await count('attachment_chunk'), await count('attachment_upload')]).toEqual([0, 1]);
  });
});
