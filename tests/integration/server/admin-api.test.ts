import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { HTTPMethods } from 'fastify';
import { expect, test } from 'vitest';
import { runAdmin } from '../../../server/admin/cli/main.ts';
import { commands, fileCommands } from '../../../server/admin/commands.ts';
import { testFolder } from '../../support/folder.ts';
import { addBook, addUser, startServer, TEST_PASSWORD, type TestServer } from '../../support/server.ts';

/** Runs the command line as a program would; what it says goes to `out` and `err`. */
const cli = async (args: string[], input = '', env: Record<string, string> = {}) => {
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const stdin = Readable.from([Buffer.from(input)]) as unknown as NodeJS.ReadStream;
  const code = await runAdmin(args, { stdin, stdout, stderr, env });
  stdout.end();
  stderr.end();
  return { code, out: await text(stdout), err: await text(stderr) };
};

const throughServer =
  (server: TestServer) =>
  (args: string[], input = '') =>
    cli([...args, '--server', server.url, '--as', 'root'], input, {
      VISITBOOK_ADMIN_PASSWORD: TEST_PASSWORD,
    });

test('the command line works on a folder, says what is missing and leaves the folder free', async () => {
  const env = { VISITBOOK_SERVER_DATA: testFolder(), VISITBOOK_ARGON2_MEMORY_KIB: '8' };
  expect(await cli(['create-book', '--name', '静安'], '', env)).toMatchObject({ code: 0, err: '' });
  const user = ['create-user', '--username', 'li', '--name', '李', '--role', 'manager'];
  expect(await cli(user, '', env)).toMatchObject({
    code: 1,
    err: expect.stringContaining('a manager works in a book'),
  });
  expect(await cli([...user, '--book', '静安', '--password-stdin'], 'short\n', env)).toMatchObject({
    code: 2,
    err: expect.stringContaining('--password'),
  });
  expect(
    await cli([...user, '--book', '静安', '--password-stdin'], 'long enough it is\n', env),
  ).toMatchObject({ code: 0 });
  const { out } = await cli(['list-users', '--json'], '', env);
  expect(JSON.parse(out)).toMatchObject([{ username: 'li', book: '静安', hasPassword: true }]);
  const bad = await cli(
    ['import-customers', '--book', '静安', '--file', '-', '--dry-run'],
    'customerNo,name\n1,a\n2,\n',
    env,
  );
  expect(bad).toMatchObject({ code: 3, out: expect.stringContaining('empty, and the customer is new') });
  expect(await cli(['create-buch'])).toMatchObject({ code: 2 });
  expect((await cli(['help'])).out).toContain('import-facilities');
  for (const name of [...Object.keys(commands), ...Object.keys(fileCommands)])
    expect((await cli([name, '--help'])).code, name).toBe(0);
});

test('the same through a running server, and no device of it is left', async () => {
  await using server = await startServer();
  await addUser(server.db, { bookId: null, username: 'root', role: 'administrator' });
  const admin = throughServer(server);
  expect(await admin(['create-book', '--name', '静安'])).toMatchObject({ code: 0 });
  await admin(['create-user', '--username', 'li', '--name', '李', '--role', 'manager', '--book', '静安']);
  const file = `customerNo,name,owner\n${Array.from({ length: 1_200 }, (_, n) => `${n},客户${n},li`).join('\n')}`;
  const { code, out } = await admin(['import-customers', '--book', '静安', '--file', '-', '--json'], file);
  expect({ code, ...JSON.parse(out) }).toMatchObject({ code: 0, taken: 1_200, changed: 2_400 });
  expect(await admin(['list-users', '--book', 'nix'])).toMatchObject({
    code: 2,
    err: expect.stringContaining('not_found'),
  });
  const [open] = await server.db.query('SELECT count(*) AS open FROM device WHERE revoked_at IS NULL');
  expect(open).toEqual({ open: 0 });
  const events = await server.db.query("SELECT actor FROM server_event WHERE action = 'import-customers'");
  expect(events).toEqual([{ actor: 'root' }]);
});

test('nobody but an administrator gets through', async () => {
  await using server = await startServer();
  const book = await addBook(server.db);
  await addUser(server.db, { bookId: book, username: 'leader', role: 'leader' });
  const refused = await cli(['list-users', '--server', server.url, '--as', 'leader'], '', {
    VISITBOOK_ADMIN_PASSWORD: TEST_PASSWORD,
  });
  expect(refused.err).toContain('not_allowed');
  for (const name of [...Object.keys(commands), ...Object.keys(fileCommands)]) {
    const answer = await fetch(`${server.url}/v1/admin/${name}`, { method: 'POST' });
    expect(answer.status, name).toBe(401);
  }
});

test('every route is in the OpenAPI document, and every schema it points to is there', async () => {
  await using server = await startServer();
  const document = (await (await fetch(`${server.url}/v1/openapi.json`)).json()) as {
    openapi: string;
    paths: Record<
      string,
      Record<string, { operationId: string; parameters?: { name: string; in: string }[]; responses: object }>
    >;
  };
  expect(document.openapi).toMatch(/^3\.1\./);
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      path,
      method: method.toUpperCase() as HTTPMethods,
      operation,
    })),
  );
  for (const { path, method } of operations)
    expect(server.app.hasRoute({ method, url: path.replace(/\{(\w+)\}/g, ':$1') }), `${method} ${path}`).toBe(
      true,
    );
  // A HEAD beside every GET is made by the server and says nothing of its own.
  const withoutHead = (methods: string[]): string[] => methods.filter((method) => method !== 'HEAD');
  const registered = [...server.app.printRoutes({ commonPrefix: false }).matchAll(/\(([A-Z, ]+)\)/g)];
  expect(withoutHead(registered.flatMap(([, methods = '']) => methods.split(', ')))).toHaveLength(
    withoutHead(operations.map(({ method }) => method)).length,
  );
  const ids = operations.map(({ operation }) => operation.operationId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { path, operation } of operations) {
    const inPath = (operation.parameters ?? [])
      .filter((one) => one.in === 'path')
      .map(({ name }) => `{${name}}`);
    expect(path.match(/\{\w+\}/g) ?? []).toEqual(inPath);
    expect(operation.responses).toHaveProperty('default');
  }
  const pointers = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(([, pointer]) => pointer);
  expect(new Set(pointers)).toEqual(new Set(['#/components/schemas/Error']));
});
