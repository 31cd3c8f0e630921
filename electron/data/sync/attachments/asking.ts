import { faultOf, SyncFault } from '../fault.ts';
import type { ServerClient } from '../server-client.ts';
import type { WireAnswer } from '../transport.ts';

/** What a transfer of bytes needs. */
export interface Transfer {
  server: Pick<ServerClient, 'raw'>;
  signal: AbortSignal;
}

/** Bytes of one request: small enough that a cut costs little, large enough that the way does not count. */
export const PIECE_BYTES = 1024 * 1024;
/** A transfer that comes no further in so many requests is left for the next round. */
export const MOST_TRIES = 5;

export const contentPath = (sha256: string): string => `/v1/attachments/${sha256}`;

/** What an answer that was not foreseen stands for. A missing body (HEAD) counts as no answer. */
export const unforeseen = ({ status, body }: WireAnswer): SyncFault => {
  const fault = faultOf(body);
  return fault.code === 'no_answer' && status === 404 ? new SyncFault('not_found') : fault;
};

/** A header that is a number; null when it is not. */
export const numberOf = (answer: WireAnswer, header: string): number | null => {
  const value = answer.headers[header];
  return value !== undefined && /^\d{1,15}$/.test(value) ? Number(value) : null;
};
