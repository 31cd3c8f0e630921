import { join } from 'node:path';
import { MessageChannelMain, type UtilityProcess, utilityProcess, type WebContents } from 'electron';
import { PORT_MESSAGE } from '#shared/contracts/shell.ts';
import { type FromData, fromData, type ToData } from '../data/control.ts';

const MOST_CRASHES_PER_MINUTE = 5;
const FIRST_DELAY_MS = 100;
const CLOSE_WITHIN_MS = 10_000;

export interface DataProcess {
  send(message: ToData): void;
  /** Gives a page a fresh port; the page's former one is closed by the data process. */
  connect(page: WebContents): void;
  stop(): Promise<void>;
  readonly pid: number | undefined;
}

export interface DataProcessEvents {
  onMessage(message: FromData): void;
  /** A new process is there, the first one or one after a crash: it needs the book opened again. */
  onStarted(): void;
  onGivenUp(): void;
  log(text: string): void;
}

/** Runs the data process and starts it again with back-off when it dies. */
export const startDataProcess = (events: DataProcessEvents): DataProcess => {
  let child: UtilityProcess;
  let stopping = false;
  let crashes: number[] = [];
  const pages = new Set<WebContents>();

  const givePort = (page: WebContents): void => {
    if (page.isDestroyed()) return;
    const { port1, port2 } = new MessageChannelMain();
    child.postMessage({ kind: 'port', pageId: page.id } satisfies ToData, [port1]);
    page.postMessage(PORT_MESSAGE, null, [port2]);
  };

  const fork = (): void => {
    child = utilityProcess.fork(join(__dirname, 'data.cjs'), [], {
      serviceName: 'visitbook-data',
      stdio: 'pipe',
    });
    const current = child;
    current.stderr?.on('data', (chunk: Buffer) =>
      events.log(`data stderr ${chunk.toString().slice(0, 2_000)}`),
    );
    current.on('message', (raw: unknown) => {
      const parsed = fromData.safeParse(raw);
      if (!parsed.success) return;
      if (parsed.data.kind === 'ready') {
        events.onStarted();
        for (const page of pages) givePort(page);
      } else events.onMessage(parsed.data);
    });
    current.on('exit', (code) => {
      if (stopping) return;
      const now = Date.now();
      crashes = [...crashes.filter((at) => now - at < 60_000), now];
      events.log(`data process ended with ${code}`);
      if (crashes.length > MOST_CRASHES_PER_MINUTE) events.onGivenUp();
      else setTimeout(fork, FIRST_DELAY_MS * 2 ** (crashes.length - 1));
    });
  };
  fork();

  return {
    send: (message) => child.postMessage(message),
    connect(page) {
      if (!pages.has(page)) {
        pages.add(page);
        page.once('destroyed', () => pages.delete(page));
      }
      givePort(page);
    },
    async stop() {
      stopping = true;
      const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      child.on('message', (raw: unknown) => {
        const parsed = fromData.safeParse(raw);
        if (parsed.success && parsed.data.kind === 'closed') child.kill();
      });
      child.postMessage({ kind: 'close' } satisfies ToData);
      const timer = setTimeout(() => child.kill(), CLOSE_WITHIN_MS);
      await ended;
      clearTimeout(timer);
    },
    get pid() {
      return child.pid;
    },
  };
};
