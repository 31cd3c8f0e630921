import type { MessagePortMain, MessageEvent as ParentMessage } from 'electron';
import type { DataEvent, ResponseEnvelope } from '#shared/contracts/envelope.ts';
import { AppError } from '#shared/contracts/errors.ts';
import { type BookHost, openHost } from './book-host.ts';
import { type FromData, type ToData, toData } from './control.ts';
import { listBackups } from './database/backup/names.ts';
import { asAppError } from './database/errors.ts';
import { bookFiles } from './database/files.ts';

/** The data process: the only one that opens the database. It serves pages over ports that main brokers. */
process.umask(0o077);
const parent = process.parentPort;
const ports = new Map<number, MessagePortMain>();
const resolving = new Map<
  number,
  { resolve(file: { path: string; name: string }): void; reject(error: AppError): void }
>();
type OpenMessage = Extract<ToData, { kind: 'open' }>;
let host: BookHost | null = null;
let last: OpenMessage | null = null;
let lastRequest = 0;

const tell = (message: FromData): void => parent.postMessage(message);

const log = (error: unknown): void => {
  const known =
    error instanceof Error
      ? `${error.name} ${
          error.stack
            ?.split('\n')
            .slice(1, 6)
            .map((line) => line.trim())
            .join(' | ') ?? ''
        }`
      : 'unknown';
  tell({ kind: 'log', level: 'error', text: known });
};

const broadcast = (event: DataEvent): void => {
  for (const port of ports.values()) port.postMessage(event);
};

const resolveToken = (token: string): Promise<{ path: string; name: string }> =>
  new Promise((resolve, reject) => {
    const requestId = ++lastRequest;
    resolving.set(requestId, { resolve, reject });
    tell({ kind: 'resolve', requestId, token });
  });

const answer = async (raw: unknown): Promise<ResponseEnvelope> => {
  if (host) return host.router.handle(raw);
  const id =
    typeof raw === 'object' && raw !== null && 'id' in raw && typeof raw.id === 'number' ? raw.id : -1;
  return { id, ok: false, error: new AppError('closed').toWire() };
};

const attach = (pageId: number, port: MessagePortMain): void => {
  ports.get(pageId)?.close();
  ports.set(pageId, port);
  port.on('message', (event) => {
    void answer(event.data).then((response) => port.postMessage(response));
  });
  port.on('close', () => {
    if (ports.get(pageId) === port) ports.delete(pageId);
  });
  port.start();
};

const closeBook = async (): Promise<void> => {
  const closing = host;
  host = null;
  await closing?.close();
};

const open = async (message: OpenMessage, restoreFrom?: string): Promise<void> => {
  await closeBook();
  last = message;
  try {
    host = openHost({
      ...message,
      files: { resolve: resolveToken },
      emit: broadcast,
      onRevoked: () => tell({ kind: 'revoked' }),
      log,
      ...(restoreFrom !== undefined && { restoreFrom }),
    });
    tell({ kind: 'opened', recovery: host.recovery });
  } catch (error) {
    log(error);
    const { code, params } = asAppError(error);
    tell({ kind: 'openFailed', code, params, backups: backupsOf(message.folder) });
  }
};

/** Backups as the start-up screen lists them, also when the book itself does not open. */
const backupsOf = (folder: string) =>
  listBackups(bookFiles(folder).backups).map(({ name, at, bytes }) => ({ name, at, bytes }));

/** Goes back to a backup by the user's choice; the book as it is now is kept as a backup too, if it opens. */
const restore = async (name: string): Promise<void> => {
  if (!last) throw new AppError('closed');
  await host?.book.backups.make('beforeRestore').catch(log);
  await open(last, name);
};

const handle = async (message: ToData, port: MessagePortMain | undefined): Promise<void> => {
  if (message.kind === 'open') await open(message);
  else if (message.kind === 'restore') await restore(message.name);
  else if (message.kind === 'listBackups') tell({ kind: 'backups', backups: backupsOf(message.folder) });
  else if (message.kind === 'port' && port) attach(message.pageId, port);
  else if (message.kind === 'resolved') {
    const waiting = resolving.get(message.requestId);
    resolving.delete(message.requestId);
    if (message.ok && message.path) waiting?.resolve({ path: message.path, name: message.name ?? '' });
    else waiting?.reject(new AppError('file_token_unknown'));
  } else if (message.kind === 'close') {
    await closeBook();
    last = null;
    tell({ kind: 'closed' });
  }
};

let working: Promise<void> = Promise.resolve();
const isQuick = ({ kind }: ToData): boolean => kind === 'port' || kind === 'resolved';

parent.on('message', (event: ParentMessage) => {
  const parsed = toData.safeParse(event.data);
  if (!parsed.success) {
    tell({ kind: 'log', level: 'warn', text: 'unreadable control message' });
    return;
  }
  // one after the other: a restore must not meet an open
  if (isQuick(parsed.data)) void handle(parsed.data, event.ports[0]).catch(log);
  else working = working.then(() => handle(parsed.data, event.ports[0])).catch(log);
});
tell({ kind: 'ready' });
