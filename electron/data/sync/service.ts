import { formatISO } from 'date-fns';
import { AppError } from '#shared/contracts/errors.ts';
import type { SyncState } from '#shared/contracts/sync.ts';
import type { Book } from '../database/book.ts';
import { read } from '../database/connection.ts';
import { metaOf, setMeta } from '../database/recovery/meta.ts';
import { connectionOf, updateConnection } from './connection.ts';
import { createSyncEngine } from './engine.ts';
import { enrol, probe } from './enrol.ts';
import { escrowAll } from './escrow.ts';
import { noteEvent } from './events.ts';
import { asShown } from './fault.ts';
import { createHintStream } from './hints.ts';
import { leaseOf } from './lease.ts';
import { createSyncLoop } from './loop.ts';
import { countWaiting } from './outbox.ts';
import type { AttachmentSync } from './parts.ts';
import { DELETIONS_ALLOWED } from './pull.ts';
import { clockOffOf } from './round.ts';
import { createServerClient, type ServerClient, type TransportTo } from './server-client.ts';
import { httpTransport } from './transport.ts';

export interface ServiceParts {
  book: Book;
  attachments: AttachmentSync;
  appVersion: string;
  transportTo?: TransportTo;
  /** The state on screen has changed. */
  onState(): void;
  /** Everything this device holds must go; it was told so and its outbox is in safety. */
  onRevoked(): void;
  log(error: unknown): void;
}

/** Sync as the rest of the data process knows it. */
export interface SyncService {
  state(): SyncState;
  probe(url: string): Promise<{ url: string; name: string }>;
  connect(request: {
    url: string;
    username: string;
    password?: string | undefined;
    code?: string | undefined;
    deviceName: string;
  }): Promise<{ name: string }>;
  signIn(secret: { password?: string | undefined; code?: string | undefined }): Promise<void>;
  signOut(): void;
  /** A round now. @throws AppError why it did not go through */
  now(): Promise<void>;
  answerDeletions(apply: boolean): Promise<void>;
  /** Something was written. */
  touch(): void;
  readonly server: ServerClient;
  start(): void;
  stop(): Promise<void>;
}

const TELL_EVERY_MS = 150;

/** At most so often, the last one always. */
const seldom = (tell: () => void): (() => void) => {
  let isDue = false;
  return () => {
    if (isDue) return;
    isDue = true;
    setTimeout(() => {
      isDue = false;
      tell();
    }, TELL_EVERY_MS);
  };
};

const count = (book: Book, sql: string): number => read<{ n: number }>(book.db, sql).get()?.n ?? 0;

/** Puts engine, loop and hints together over an open book. */
export const createSyncService = (parts: ServiceParts): SyncService => {
  const { book, log, transportTo = httpTransport } = parts;
  const onState = seldom(parts.onState);
  const db = book.writable;
  const now = (): Date => new Date();
  const server = createServerClient(db, transportTo);
  const engine = createSyncEngine({
    book,
    server,
    now,
    today: () => formatISO(now(), { representation: 'date' }),
    appVersion: parts.appVersion,
    attachments: parts.attachments,
    onState,
    log,
    onRevoked: async () => {
      if (await escrowAll(book, transportTo)) parts.onRevoked();
    },
  });
  const hints = createHintStream({
    url: () => connectionOf(db)?.url ?? null,
    server,
    onHint: () => loop.touch(),
  });
  const loop = createSyncLoop({
    engine,
    onRound: (result) => {
      if (result.ok) hints.start();
      else hints.stop();
      onState();
    },
  });

  const state = (): SyncState => {
    const connection = connectionOf(db);
    const { phase, problem, progress } = engine.state;
    const signedOut = connection !== null && !connection.signedIn;
    return {
      connected: connection !== null,
      server: connection && { url: connection.url, name: connection.serverName },
      user: connection?.user ?? null,
      bookName: connection?.bookName ?? null,
      phase: connection === null ? 'off' : signedOut ? 'paused' : phase,
      problem: signedOut && !problem ? { code: 'sign_in', params: {} } : problem,
      retryAt: loop.retryAt?.toISOString() ?? null,
      waiting: countWaiting(db),
      refused: count(book, 'SELECT count(*) AS n FROM refused WHERE settled_as IS NULL'),
      conflicts: count(
        book,
        'SELECT count(*) AS n FROM field_conflict WHERE settled_as IS NULL AND deleted = 0',
      ),
      lastSyncAt: connection?.lastSyncAt ?? null,
      clockOffMs: connection === null ? null : clockOffOf(db),
      lease: leaseOf(db, now().getTime()),
      progress,
      lastBackupAt: book.backups.list()[0]?.at ?? null,
    };
  };

  const runNow = async (): Promise<void> => {
    const result = await loop.now();
    if (!result.ok && result.error !== null) throw asShown(result.error);
  };

  const begin = (kind: 'connected', params: Record<string, string>): void => {
    noteEvent(db, now().toISOString(), kind, params);
    loop.start();
    void loop.now().catch(log);
  };

  return {
    state,
    server,
    probe: (url) => probe(transportTo, url),
    async connect(request) {
      if (metaOf(db, 'demo') === '1') throw new AppError('not_allowed', { params: { why: 'demo' } });
      const connected = await enrol(db, transportTo, { ...request, clientId: book.clock.clientId });
      begin('connected', { server: connected.name });
      return connected;
    },
    async signIn(secret) {
      const connection = connectionOf(db);
      if (!connection) throw new AppError('not_allowed');
      const { url, username, deviceName } = connection;
      await enrol(db, transportTo, { url, username, deviceName, ...secret, clientId: book.clock.clientId });
      begin('connected', { server: connection.serverName });
    },
    signOut() {
      updateConnection(db, { signedIn: false });
      noteEvent(db, now().toISOString(), 'signedOut');
      hints.stop();
      void loop.stop().finally(onState);
    },
    now: runNow,
    async answerDeletions(apply) {
      if (!apply) return;
      setMeta(db, DELETIONS_ALLOWED, '1');
      noteEvent(db, now().toISOString(), 'deletionsApplied');
      await runNow();
    },
    touch: () => loop.touch(),
    start() {
      if (connectionOf(db)?.signedIn) loop.start();
    },
    async stop() {
      hints.stop();
      await loop.stop();
    },
  };
};
