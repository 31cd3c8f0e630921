import type { MessagePortMain, MessageEvent as ParentMessage } from 'electron';
import type { DataEvent, ResponseEnvelope } from '#shared/contracts/envelope.ts';
import { AppError } from '#shared/contracts/errors.ts';
import { type BookHost, openHost } from './book-host.ts';
import { type FromData, type ToData, toData } from './control.ts';
import { asAppError } from './database/errors.ts';

/** The data process: the only one that opens the database. It serves pages over ports that main brokers. */
const parent = process.parentPort;
const ports = new Map<number, MessagePortMain>();
const resolving = new Map<
  number,
  { resolve(file: { path: string; name: string }): void; reject(error: AppError): void }
>();
let host: BookHost | null = null;
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

const open = (message: Extract<ToData, { kind: 'open' }>): void => {
  try {
    host = openHost({ ...message, files: { resolve: resolveToken }, emit: broadcast, log });
    tell({ kind: 'opened', recovery: null });
  } catch (error) {
    log(error);
    const { code, params } = asAppError(error);
    tell({ kind: 'openFailed', code, params, backups: [] });
  }
};

const handle = async (message: ToData, port: MessagePortMain | undefined): Promise<void> => {
  if (message.kind === 'open') open(message);
  else if (message.kind === 'port' && port) attach(message.pageId, port);
  else if (message.kind === 'resolved') {
    const waiting = resolving.get(message.requestId);
    resolving.delete(message.requestId);
    if (message.ok && message.path) waiting?.resolve({ path: message.path, name: message.name ?? '' });
    else waiting?.reject(new AppError('file_token_unknown'));
  } else if (message.kind === 'close') {
    await host?.close();
    host = null;
    tell({ kind: 'closed' });
  }
};

parent.on('message', (event: ParentMessage) => {
  const parsed = toData.safeParse(event.data);
  if (!parsed.success) {
    tell({ kind: 'log', level: 'warn', text: 'unreadable control message' });
    return;
  }
  handle(parsed.data, event.ports[0]).catch(log);
});
tell({ kind: 'ready' });
