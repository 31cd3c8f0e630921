// The same records replicated by PouchDB over HTTP, in a process of its own: server in memory, laptop in LevelDB on disk.
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import http from 'pouchdb-adapter-http';
import leveldb from 'pouchdb-adapter-leveldb';
import memory from 'pouchdb-adapter-memory';
import PouchDB from 'pouchdb-core';
import replication from 'pouchdb-replication';
import { inLists, MADE_STAMP, makeRecords } from './made-records.ts';
import { startPouchServer } from './pouch-server.ts';

const [customers = 1_000, ...batchSizes] = process.argv.slice(2).map(Number);
PouchDB.plugin(memory).plugin(leveldb).plugin(http).plugin(replication);
const folder = mkdtempSync(join(tmpdir(), 'visitbook-pouch-'));
const source = new PouchDB('book', { adapter: 'memory' });
let count = 0;
for (const list of inLists(makeRecords(customers, randomUUID()), 1_000)) {
  await source.bulkDocs(
    list.map(({ entity, id, data }) => ({ _id: `${entity}/${id}`, data, stamps: { '*': MADE_STAMP } })),
  );
  count += list.length;
}
const server = await startPouchServer(source);
const times: number[] = [];
try {
  for (const batchSize of batchSizes) {
    const target = new PouchDB(join(folder, `laptop-${batchSize}`), { adapter: 'leveldb' });
    const begun = performance.now();
    const done = await target.replicate.from(server.url, { batch_size: batchSize });
    times.push(performance.now() - begun);
    if (done.docs_written !== count) throw new Error(`${done.docs_written} of ${count} documents came`);
    await target.close();
  }
} finally {
  server.close();
  await source.close();
  rmSync(folder, { recursive: true, force: true });
}
process.send?.({ count, times });
process.disconnect?.();
