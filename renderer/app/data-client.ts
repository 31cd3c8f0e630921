import { v7 as uuid } from 'uuid';
import type { DataEvent, ResponseEnvelope } from '#shared/contracts/envelope.ts';
import { AppError } from '#shared/contracts/errors.ts';
import type { Input, MethodName, Output } from '#shared/contracts/registry.ts';
import { PORT_MESSAGE } from '#shared/contracts/shell.ts';

interface Pending {
  request: { id: number; method: MethodName; commandId: string; input: unknown };
  resolve(value: unknown): void;
  reject(error: AppError): void;
}

const pending = new Map<number, Pending>();
const listeners = new Set<(event: DataEvent) => void>();
const connected = new Set<() => void>();
let port: MessagePort | null = null;
let lastId = 0;

const receive = (message: ResponseEnvelope | DataEvent): void => {
  if ('event' in message) {
    for (const listener of listeners) listener(message);
    return;
  }
  const waiting = pending.get(message.id);
  if (!waiting) return;
  pending.delete(message.id);
  if (message.ok) waiting.resolve(message.value);
  else waiting.reject(AppError.fromWire(message.error));
};

/** A new port means a new data process: what was not answered is asked again, with the same command ids. */
const attach = (next: MessagePort): void => {
  port?.close();
  port = next;
  next.onmessage = (event: MessageEvent<ResponseEnvelope | DataEvent>) => receive(event.data);
  for (const { request } of pending.values()) next.postMessage(request);
  for (const listener of connected) listener();
};

window.addEventListener('message', (event) => {
  if (event.source !== window || event.data?.kind !== PORT_MESSAGE) return;
  const [next] = event.ports;
  if (next) attach(next);
});

/**
 * Calls a method of the data process. A command keeps its id over retries, so that it applies once.
 * @throws AppError as the contract's errors say.
 */
export const call = <M extends MethodName>(
  method: M,
  input: Input<M>,
  commandId: string = uuid(),
): Promise<Output<M>> =>
  new Promise((resolve, reject) => {
    const request = { id: ++lastId, method, commandId, input };
    pending.set(request.id, { request, resolve: resolve as (value: unknown) => void, reject });
    port?.postMessage(request);
  });

/** Listens to changes, jobs and notices; answers the function that stops it. */
export const onDataEvent = (listener: (event: DataEvent) => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Listens to new connections; answers the function that stops it. */
export const onConnected = (listener: () => void): (() => void) => {
  connected.add(listener);
  return () => connected.delete(listener);
};
