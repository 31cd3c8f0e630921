import { type HandshakeAnswer, type HandshakeRequest, PROTOCOL, SCHEMA } from '#shared/sync/protocol.ts';
import type { Session } from '../auth/session.ts';
import { Fault } from '../http/fault.ts';
import { lockClient, type Pusher, type StoreParts } from './push.ts';
import { scopeOf } from './scope.ts';
import { readBook } from './seq.ts';

/** Oldest schema of a client that is still served. */
export const OLDEST_SCHEMA = 1;

/** @throws Fault client_too_old, server_too_old */
export const checkVersions = ({ protocol, schema }: { protocol: number; schema: number }): void => {
  if (protocol < PROTOCOL.min || schema < OLDEST_SCHEMA)
    throw new Fault('client_too_old', { detail: `protocol ${protocol}, schema ${schema}` });
  if (protocol > PROTOCOL.max || schema > SCHEMA)
    throw new Fault('server_too_old', {
      detail: `this server speaks protocol ${PROTOCOL.max}, schema ${SCHEMA}`,
    });
};

/** Begins a round: tells the laptop who it is, where it works and how far the server knows it. */
export const handshake = (
  { db, now = Date.now }: StoreParts,
  session: Session,
  pusher: Pusher,
  request: HandshakeRequest,
  leaseDays: number,
): Promise<HandshakeAnswer> => {
  checkVersions(request);
  return db.transaction(async (sql) => {
    const book = await readBook(sql, pusher.bookId);
    const client = await lockClient(sql, pusher, request.clientId);
    await sql.query(
      `UPDATE client SET waiting = $3, app_version = $4, last_sync_at = now() WHERE book_id = $1 AND client_id = $2`,
      [pusher.bookId, request.clientId, request.waiting, request.appVersion],
    );
    const [named] = await sql.query<{ name: string }>('SELECT name FROM book WHERE id = $1', [pusher.bookId]);
    return {
      time: new Date(now()).toISOString(),
      user: { id: session.accountId, username: session.username, name: session.name, role: session.role },
      book: { id: pusher.bookId, name: named?.name ?? '' },
      epoch: book.epoch,
      head: book.seq,
      lastN: client.last_n,
      scope: scopeOf(pusher),
      leaseDays,
    };
  });
};
