import { promisify } from 'node:util';
import { gzip as gzipWith } from 'node:zlib';

/** One request to the server, before it becomes HTTP. */
export interface WireRequest {
  method: 'GET' | 'POST' | 'HEAD' | 'PATCH' | 'DELETE';
  path: string;
  query?: Record<string, string | number | undefined>;
  headers?: Record<string, string>;
  /** An object is sent as JSON, bytes as they are. */
  body?: unknown;
}

export interface WireAnswer {
  status: number;
  headers: Record<string, string>;
  /** JSON where the server says so, otherwise bytes. */
  body: unknown;
}

/** Carries a request to the server and its answer back. @throws when there is no answer that can be read. */
export type Transport = (request: WireRequest, options?: { signal?: AbortSignal }) => Promise<WireAnswer>;

const gzip = promisify(gzipWith);
const WORTH_PACKING = 1_400;
/** A server that says nothing for so long is not there. */
const TIMEOUT_MS = 60_000;
/** Far more than a page or a piece of a file; what sends more is no server of ours. */
const MOST_ANSWER_BYTES = 64 * 1024 * 1024;

const urlOf = (base: string, { path, query = {} }: WireRequest): URL => {
  const url = new URL(path.replace(/^\//, ''), base.endsWith('/') ? base : `${base}/`);
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) url.searchParams.set(name, String(value));
  return url;
};

const packed = async (
  body: unknown,
): Promise<{ body?: Uint8Array<ArrayBuffer>; headers: Record<string, string> }> => {
  if (body === undefined) return { headers: {} };
  if (body instanceof Uint8Array) return { body: new Uint8Array(body), headers: {} };
  const json = Buffer.from(JSON.stringify(body));
  const type = { 'content-type': 'application/json' };
  if (json.length < WORTH_PACKING) return { body: new Uint8Array(json), headers: type };
  return { body: new Uint8Array(await gzip(json)), headers: { ...type, 'content-encoding': 'gzip' } };
};

/** The bytes of an answer. @throws when there are more than any answer of ours has */
const bytesOf = async (response: Response): Promise<Uint8Array> => {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of response.body ?? []) {
    length += piece.length;
    if (length > MOST_ANSWER_BYTES) throw new Error('the answer is too large');
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
};

const read = async (response: Response, method: WireRequest['method']): Promise<unknown> => {
  // an answer without a body may still say that it would be JSON
  if (method === 'HEAD' || response.status === 204) return undefined;
  const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
  const bytes = await bytesOf(response);
  return isJson ? (JSON.parse(new TextDecoder().decode(bytes)) as unknown) : bytes;
};

/** Carries requests over HTTP(S) to the server at an address. */
export const httpTransport =
  (base: string): Transport =>
  async (request, { signal } = {}) => {
    const { body, headers } = await packed(request.body);
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(urlOf(base, request), {
      method: request.method,
      headers: { accept: 'application/json', ...headers, ...request.headers },
      redirect: 'error',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      ...(body && { body }),
    });
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: await read(response, request.method),
    };
  };
