import type { FastifyReply } from 'fastify';
import type { Database } from '../store/database.ts';

const EVERY_MS = 1_000;
/** Proxies close what says nothing for a minute. */
const ALIVE_MS = 25_000;

interface Listener {
  bookId: string;
  /** The head it was told of last. */
  told: number | null;
}

export interface Hints {
  /** Keeps an answer open and tells it of every new head of the book. */
  add(bookId: string, reply: FastifyReply): void;
  /** Listeners at this moment. */
  readonly size: number;
  close(): void;
}

/**
 * Tells laptops that their book has moved on. It looks at the seq of the listened-to books once a second: no notification
 * of the database is needed, so it works behind any balancer and on any PostgreSQL.
 */
export const createHints = (db: Database, log: (error: unknown) => void): Hints => {
  const listeners = new Map<FastifyReply, Listener>();
  let timer: NodeJS.Timeout | null = null;
  let lastSent = Date.now();

  const look = async (): Promise<void> => {
    const books = [...new Set([...listeners.values()].map(({ bookId }) => bookId))];
    const rows = await db.query<{ id: string; seq: number }>(
      'SELECT id, seq FROM book WHERE id = ANY($1::uuid[])',
      [books],
    );
    const heads = new Map(rows.map(({ id, seq }) => [id, seq]));
    const alive = Date.now() - lastSent > ALIVE_MS;
    if (alive) lastSent = Date.now();
    for (const [reply, listener] of listeners) {
      const seq = heads.get(listener.bookId);
      if (seq !== undefined && seq !== listener.told) {
        listener.told = seq;
        reply.raw.write(`event: head\ndata: {"seq":${seq}}\n\n`);
      } else if (alive) reply.raw.write(': \n\n');
    }
  };

  const tick = (): void => {
    timer = null;
    if (listeners.size === 0) return;
    look()
      .catch(log)
      .finally(() => {
        if (listeners.size > 0) timer ??= setTimeout(tick, EVERY_MS);
      });
  };

  return {
    add(bookId, reply) {
      reply.hijack();
      reply.raw.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      reply.raw.write(': \n\n');
      listeners.set(reply, { bookId, told: null });
      reply.raw.on('close', () => listeners.delete(reply));
      timer ??= setTimeout(tick, EVERY_MS);
    },
    get size() {
      return listeners.size;
    },
    close() {
      if (timer) clearTimeout(timer);
      for (const reply of listeners.keys()) reply.raw.end();
      listeners.clear();
    },
  };
};
