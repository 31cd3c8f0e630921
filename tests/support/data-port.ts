import type { Page } from '@playwright/test';
import type { ResponseEnvelope } from '../../shared/contracts/envelope.ts';
import type { Input, MethodName } from '../../shared/contracts/registry.ts';
import { PORT_MESSAGE } from '../../shared/contracts/shell.ts';

declare global {
  interface Window {
    /** Ports to the data process that a test took hold of, oldest first. */
    testPorts?: MessagePort[];
  }
}

/** From now on keeps every port that the page is given. */
export const catchPorts = (page: Page): Promise<void> =>
  page.evaluate((kind) => {
    const ports: MessagePort[] = [];
    window.testPorts = ports;
    window.addEventListener('message', (event) => {
      const [port] = event.ports;
      if (event.data?.kind === kind && port) ports.push(port);
    });
  }, PORT_MESSAGE);

/** Waits until the page was given as many ports since {@link catchPorts}. */
export const portsGiven = (page: Page, count: number): Promise<unknown> =>
  page.waitForFunction((least) => (window.testPorts?.length ?? 0) >= least, count);

/** Asks the data process over one of the caught ports, the last one unless told; null when no answer comes. */
export const ask = <M extends MethodName>(
  page: Page,
  method: M,
  input: Input<M>,
  options: { commandId?: string; port?: number; withinMs?: number } = {},
): Promise<ResponseEnvelope | null> =>
  page.evaluate(
    ({ method, input, commandId, index, withinMs }) => {
      const port = window.testPorts?.at(index);
      if (!port) throw new Error('no port was caught');
      // far away from the numbers of the page's own client
      const id = 1_000_000 + Math.floor(Math.random() * 1_000_000_000);
      return new Promise<ResponseEnvelope | null>((resolve) => {
        const timer = setTimeout(() => resolve(null), withinMs);
        const listen = (event: MessageEvent): void => {
          if (event.data?.id !== id) return;
          clearTimeout(timer);
          port.removeEventListener('message', listen);
          resolve(event.data);
        };
        port.addEventListener('message', listen);
        port.start();
        port.postMessage({ id, method, input, ...(commandId && { commandId }) });
      });
    },
    {
      method: method as string,
      input: input as unknown,
      commandId: options.commandId,
      index: options.port ?? -1,
      withinMs: options.withinMs ?? 10_000,
    },
  );
