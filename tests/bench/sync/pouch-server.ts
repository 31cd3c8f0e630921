import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Database } from 'pouchdb-core';

export interface PouchServer {
  url: string;
  close(): void;
}

const bodyOf = async (request: IncomingMessage): Promise<unknown> => {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return pieces.length === 0 ? undefined : JSON.parse(Buffer.concat(pieces).toString());
};

interface BulkGet {
  docs: { id: string; rev: string }[];
}

/**
 * What a replication asks of a CouchDB, over a PouchDB in memory: as little as can be, so that the server costs PouchDB
 * nothing it could be blamed for.
 */
export const startPouchServer = async (db: Database): Promise<PouchServer> => {
  const answer = async (method: string, url: URL, body: unknown): Promise<unknown> => {
    const [, , ...rest] = url.pathname.split('/').map(decodeURIComponent);
    const route = rest.join('/');
    if (route === '') return db.info();
    if (route === '_changes')
      return db.changes({
        since: Number(url.searchParams.get('since') ?? 0),
        limit: Number(url.searchParams.get('limit') ?? 25),
        style: 'all_docs',
      });
    if (route === '_bulk_get')
      return db.bulkGet({
        docs: (body as BulkGet).docs,
        revs: url.searchParams.get('revs') === 'true',
        latest: url.searchParams.get('latest') === 'true',
      });
    if (route.startsWith('_local/'))
      return method === 'PUT' ? db.put({ ...(body as object), _id: route }) : db.get(route);
    throw Object.assign(new Error('missing'), { status: 404 });
  };
  const server = createServer(async (request, response) => {
    let status = 200;
    let value: unknown;
    try {
      const url = new URL(request.url ?? '/', 'http://localhost');
      value = await answer(request.method ?? 'GET', url, await bodyOf(request));
    } catch (error) {
      status = (error as { status?: number }).status ?? 500;
      value = { error: 'not_found', reason: 'missing' };
    }
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/book`,
    close: () => server.close(),
  };
};
