import type { FastifyInstance } from 'fastify';
import { v7 as uuid } from 'uuid';
import type { Transport, WireRequest } from '../../electron/data/sync/transport.ts';
import { createApp } from '../../server/app.ts';
import type { Database } from '../../server/store/database.ts';
import { migrate } from '../../server/store/migrate.ts';
import { openPglite } from '../../server/store/pglite.ts';
import { addBook, addUser, TEST_PASSWORD, testConfig } from './server.ts';

/** The real application over a real database, asked without a socket: quick enough for thousands of histories. */
export interface InProcessServer {
  db: Database;
  app: FastifyInstance;
  /** A new book with a user for each name. */
  newBook(users: readonly { name: string; role: 'manager' | 'leader' }[]): Promise<{
    bookId: string;
    accounts: Map<string, { id: string; username: string }>;
  }>;
  transport: Transport;
  close(): Promise<void>;
}

export { TEST_PASSWORD };

export const openInProcessServer = async (given?: Database): Promise<InProcessServer> => {
  const db = given ?? (await openPglite());
  await migrate(db);
  const app = await createApp({ db, config: testConfig() });
  await app.ready();
  const ask = (request: WireRequest) => {
    const query = Object.entries(request.query ?? {}).filter(([, value]) => value !== undefined);
    return app.inject({
      method: request.method as 'GET' | 'POST',
      url: request.path,
      query: Object.fromEntries(query.map(([name, value]) => [name, String(value)])),
      headers: request.headers ?? {},
      ...(request.body !== undefined && { payload: request.body as object }),
    });
  };
  return {
    db,
    app,
    async newBook(users) {
      const bookId = await addBook(db);
      const accounts = new Map<string, { id: string; username: string }>();
      for (const { name, role } of users) {
        const username = `${name}-${uuid()}`;
        accounts.set(name, { id: await addUser(db, { username, bookId, role }), username });
      }
      return { bookId, accounts };
    },
    async transport(request) {
      const answer = await ask(request);
      const isJson = String(answer.headers['content-type'] ?? '').startsWith('application/json');
      return { status: answer.statusCode, headers: {}, body: isJson ? answer.json() : answer.rawPayload };
    },
    async close() {
      await app.close();
      await db.close();
    },
  };
};
