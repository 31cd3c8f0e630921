import type { ServerClient } from './server-client.ts';

const FIRST_PAUSE_MS = 2_000;
const MOST_PAUSE_MS = 5 * 60_000;

export interface HintParts {
  url(): string | null;
  server: ServerClient;
  /** The book on the server has moved on. */
  onHint(): void;
  random?: () => number;
}

/** Listens to the server's hints as long as it is started; a broken stream is opened again after a pause. */
export const createHintStream = ({ url, server, onHint, random = Math.random }: HintParts) => {
  let abort: AbortController | null = null;
  let timer: NodeJS.Timeout | null = null;
  let failures = 0;

  const read = async (signal: AbortSignal): Promise<void> => {
    const base = url();
    if (base === null) return;
    const response = await fetch(new URL('v1/sync/hints', base.endsWith('/') ? base : `${base}/`), {
      headers: { accept: 'text/event-stream', authorization: `Bearer ${await server.token()}` },
      redirect: 'error',
      signal,
    });
    if (!response.ok || !response.body) throw new Error(`hints: ${response.status}`);
    failures = 0;
    let rest = '';
    for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      if (lines.some((line) => line.startsWith('event: head'))) onHint();
    }
  };

  const open = (): void => {
    timer = null;
    const own = new AbortController();
    abort = own;
    read(own.signal)
      // a stream that breaks is only a hint less: rounds come without it
      .catch(() => undefined)
      .finally(() => {
        if (own.signal.aborted) return;
        failures += 1;
        const pause = Math.min(MOST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(failures, 10));
        timer = setTimeout(open, pause * (0.5 + random() / 2));
        timer.unref?.();
      });
  };

  return {
    /** Opens the stream, unless it is open or about to be. */
    start(): void {
      if (!abort || abort.signal.aborted) open();
    },
    stop(): void {
      abort?.abort();
      abort = null;
      if (timer) clearTimeout(timer);
      timer = null;
    },
  };
};
export type HintStream = ReturnType<typeof createHintStream>;
