import { join } from 'node:path';
import { app, MessageChannelMain, type UtilityProcess, utilityProcess, type WebContents } from 'electron';
import { PORT_MESSAGE } from '#shared/contracts/shell.ts';
import { type FromData, fromData, type ToData } from '../data/control.ts';
import { dataEnvironment } from './environment.ts';
import { createRetryBudget } from './retry-budget.ts';

const MOST_CRASHES_PER_MINUTE = 5;
const FIRST_DELAY_MS = 100;
const CLOSE_WITHIN_MS = 10_000;

export interface DataProcess {
  send(message: ToData): void;
  /** Gives a page a fresh port, at once or when the book is open; the data process closes the page's former one. */
  connect(page: WebContents): void;
  /** Starts again after it was given up; answers whether it had been. */
  revive(): boolean;
  /** Closes the book and ends the process. */
  stop(): Promise<void>;
}

export interface DataProcessEvents {
  onMessage(message: FromData): void;
  /** A new process is there, the first one or one after a crash: it needs the book opened again. */
  onStarted(): void;
  onEnded(): void;
  onGivenUp(): void;
  log(text: string): void;
}

/** Of what the process wrote before it died only names and codes of errors: messages may hold contents. */
const errorNames = (text: string): string =>
  [...text.matchAll(/\b([A-Z]\w*Error)\b|\b(SQLITE_\w+|ERR_\w+|E[A-Z]{3,})\b/g)]
    .map(([name]) => name)
    .join(' ');

/** Runs the data process and starts it again with back-off when it dies. */
export const startDataProcess = (events: DataProcessEvents): DataProcess => {
  let child: UtilityProcess | null = null;
  let bookIsOpen = false;
  let stopping = false;
  let gaveUp = false;
  const budget = createRetryBudget(MOST_CRASHES_PER_MINUTE, FIRST_DELAY_MS);
  const pages = new Set<WebContents>();
  const served = new Set<WebContents>();

  const givePort = (page: WebContents): void => {
    if (!child || page.isDestroyed()) return;
    const { port1, port2 } = new MessageChannelMain();
    child.postMessage({ kind: 'port', pageId: page.id } satisfies ToData, [port1]);
    page.postMessage(PORT_MESSAGE, null, [port2]);
    served.add(page);
  };
  const receive = (message: FromData): void => {
    if (message.kind === 'ready') events.onStarted();
    else events.onMessage(message);
    if (message.kind === 'closed' || message.kind === 'openFailed') bookIsOpen = false;
    if (message.kind === 'opened') {
      bookIsOpen = true;
      for (const page of pages) if (!served.has(page)) givePort(page);
    }
  };

  const fork = (): void => {
    if (stopping) return;
    const started = utilityProcess.fork(join(__dirname, 'data.cjs'), [], {
      serviceName: 'visitbook-data',
      env: dataEnvironment(process.env, app.isPackaged),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child = started;
    started.stderr?.on('data', (chunk: Buffer) => {
      events.log(`data process wrote ${chunk.length} bytes: ${errorNames(chunk.toString())}`);
    });
    started.on('message', (raw: unknown) => {
      const parsed = fromData.safeParse(raw);
      if (parsed.success) receive(parsed.data);
    });
    started.on('exit', (code) => {
      child = null;
      bookIsOpen = false;
      served.clear();
      if (stopping) return;
      events.log(`data process ended with ${code}`);
      const delay = budget.next();
      gaveUp = delay === null;
      if (delay === null) return events.onGivenUp();
      events.onEnded();
      setTimeout(fork, delay);
    });
  };
  fork();

  return {
    send: (message) => child?.postMessage(message),
    connect(page) {
      if (!pages.has(page)) {
        pages.add(page);
        page.once('destroyed', () => {
          pages.delete(page);
          served.delete(page);
        });
      }
      served.delete(page);
      if (bookIsOpen) givePort(page);
    },
    revive() {
      if (!gaveUp) return false;
      gaveUp = false;
      budget.reset();
      fork();
      return true;
    },
    async stop() {
      stopping = true;
      const last = child;
      if (!last) return;
      const ended = new Promise<void>((resolve) => last.once('exit', () => resolve()));
      last.on('message', (raw: unknown) => {
        const parsed = fromData.safeParse(raw);
        if (parsed.success && parsed.data.kind === 'closed') last.kill();
      });
      last.postMessage({ kind: 'close' } satisfies ToData);
      const timer = setTimeout(() => last.kill(), CLOSE_WITHIN_MS);
      await ended;
      clearTimeout(timer);
    },
  };
};
