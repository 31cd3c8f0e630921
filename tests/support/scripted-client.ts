import { v7 as uuid } from 'uuid';
import { createClock } from '../../shared/sync/clock.ts';
import type { Operation } from '../../shared/sync/mutation.ts';
import {
  PROTOCOL,
  type PullAnswer,
  type PushAnswer,
  SCHEMA,
  type WireRecord,
} from '../../shared/sync/protocol.ts';
import { ask, signIn } from './server.ts';

export interface Typed {
  entity: string;
  id: string;
  op: Operation;
  fields: Record<string, unknown>;
  base?: Record<string, string>;
}

/** A colleague at another desk, who speaks the protocol by hand. */
export const scriptedClient = async (url: string, username: string, password: string) => {
  const clientId = uuid().slice(-12);
  const { accessToken: token } = await signIn(url, username, { clientId, password });
  const clock = createClock(clientId);
  let n = 0;
  const { body: hello } = await ask<{ epoch: string; scope: string }>(url, '/v1/sync/handshake', {
    token,
    body: { protocol: PROTOCOL.max, schema: SCHEMA, clientId, appVersion: '0', waiting: 0 },
  });
  return {
    token,
    clientId,
    /** Pushes changes; answers what the server decided. */
    async type(...changes: Typed[]): Promise<PushAnswer['results']> {
      const typedAt = new Date().toISOString();
      const mutations = changes.map(({ base = {}, ...change }) => ({
        n: ++n,
        before: null,
        base,
        stamp: clock.next(),
        typedAt,
        schemaVersion: 1,
        ...change,
      }));
      const answer = await ask<PushAnswer>(url, '/v1/sync/push', {
        token,
        body: { clientId, schema: SCHEMA, stored: 0, mutations },
      });
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
      return answer.body.results;
    },
    /** Everything in the scope, from the beginning of the book. */
    async see(): Promise<WireRecord[]> {
      const seen: WireRecord[] = [];
      let since = `${hello.epoch}.${hello.scope === 'book' ? 'b' : 'a'}.0.0`;
      for (let more = true; more; ) {
        const query = new URLSearchParams({ clientId, since, schema: String(SCHEMA) });
        const { body } = await ask<PullAnswer>(url, `/v1/sync/pull?${query}`, { token });
        seen.push(...body.records);
        since = body.cursor;
        more = body.more;
      }
      return seen;
    },
  };
};
