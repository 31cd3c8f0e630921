import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPglite } from '../../../server/store/pglite.ts';
import type { Handover, Member } from '../../../shared/sync/team.ts';
import { scriptedClient } from '../../support/scripted-client.ts';
import {
  addBook,
  addUser,
  ask,
  signIn,
  startServer,
  TEST_PASSWORD,
  type TestServer,
} from '../../support/server.ts';

let server: TestServer;
type Desk = Awaited<ReturnType<typeof scriptedClient>>;
let ann: Desk;
let bob: Desk;
let lead: Desk;
let otherLead: Desk;
let auditor: Desk;
const ids = new Map<string, string>();
const createdAt = '2026-03-02T01:02:03.004Z';
const customerId = uuid();

const idOf = (username: string): string => ids.get(username) ?? '';
const call = (desk: Desk, route: string, body?: unknown) =>
  ask<Record<string, never>>(server.url, route, { token: desk.token, ...(body !== undefined && { body }) });

beforeAll(async () => {
  const db = await openPglite();
  server = await startServer({ db });
  const mine = await addBook(db);
  const theirs = await addBook(db);
  for (const [username, role, bookId] of [
    ['ann', 'manager', mine],
    ['bob', 'manager', mine],
    ['lead', 'leader', mine],
    ['auditor', 'auditor', mine],
    ['other', 'leader', theirs],
  ] as const)
    ids.set(username, await addUser(db, { username, bookId, role }));
  [ann, bob, lead, otherLead, auditor] = (await Promise.all(
    ['ann', 'bob', 'lead', 'other', 'auditor'].map((name) => scriptedClient(server.url, name, TEST_PASSWORD)),
  )) as [Desk, Desk, Desk, Desk, Desk];
  const typed = await ann.type(
    {
      entity: 'customer',
      id: customerId,
      op: 'create',
      fields: { kind: 'person', name: '王芳', bestTimeFrom: '09:30', createdAt },
    },
    {
      entity: 'promise',
      id: uuid(),
      op: 'create',
      fields: { customerId, text: '送方案', madeOn: '2026-03-02', dueOn: '2026-12-01', createdAt },
    },
    {
      entity: 'task',
      id: uuid(),
      op: 'create',
      fields: { customerId, text: '核对证件', status: 'done', createdAt },
    },
  );
  expect(typed.map(({ status, field }) => `${status} ${field ?? ''}`.trim())).toEqual(
    Array(3).fill('applied'),
  );
}, 60_000);
afterAll(() => server.stop());

test('a leader sees who has not synced; a manager and another team do not', async () => {
  const answer = await ask<{ members: Member[] }>(server.url, '/v1/team/overview', { token: lead.token });
  const seen = new Map(answer.body.members.map((member) => [member.username, member]));
  expect([...seen.keys()].sort()).toEqual(['ann', 'auditor', 'bob', 'lead']);
  expect(seen.get('ann')).toMatchObject({ customers: 1, devices: 1, waiting: 0, quarantined: 0 });
  expect(seen.get('ann')?.lastSyncAt).not.toBeNull();
  expect((await call(auditor, '/v1/team/overview')).status).toBe(200);
  expect((await call(ann, '/v1/team/overview')).status).toBe(403);
  const other = await ask<{ members: Member[] }>(server.url, '/v1/team/overview', { token: otherLead.token });
  expect(other.body.members.map(({ username }) => username)).toEqual(['other']);
});

test('what a stranger typed lies in quarantine, sealed, until a leader has settled it', async () => {
  const [refused] = await bob.type({
    entity: 'note',
    id: uuid(),
    op: 'create',
    fields: { customerId, body: '偷看', takenAt: createdAt, zone: 'UTC', createdAt },
  });
  expect(refused).toMatchObject({ status: 'refused', reason: 'out_of_scope', quarantined: true });
  const { body } = await ask<{
    edits: { id: string; userId: string; mutation: { fields: { body: string } } }[];
  }>(server.url, '/v1/team/quarantine', { token: lead.token });
  expect(body.edits).toMatchObject([{ userId: idOf('bob'), mutation: { fields: { body: '偷看' } } }]);
  const id = body.edits[0]?.id;
  for (const desk of [ann, bob, otherLead])
    expect((await call(desk, `/v1/team/quarantine/${id}/settle`, { as: 'discarded' })).status).not.toBe(200);
  expect((await call(lead, `/v1/team/quarantine/${id}/settle`, { as: 'discarded' })).status).toBe(200);
  expect((await call(lead, `/v1/team/quarantine/${id}/settle`, { as: 'applied' })).status).toBe(409);
  expect((await call(bob, '/v1/team/quarantine')).status).toBe(403);
});

test('a customer changes hands when both sides have confirmed, and not before', async () => {
  const id = uuid();
  const wanted = { id, fromId: idOf('ann'), toId: idOf('bob'), customerIds: [customerId], note: '调岗' };
  expect((await call(ann, '/v1/team/handovers', wanted)).status).toBe(403);
  expect((await call(otherLead, '/v1/team/handovers', wanted)).status).toBe(400);
  expect(
    (await call(lead, '/v1/team/handovers', { ...wanted, fromId: idOf('bob'), toId: idOf('ann') })).status,
  ).toBe(409);
  expect((await call(lead, '/v1/team/handovers', wanted)).status).toBe(200);
  expect((await call(lead, '/v1/team/handovers', wanted)).status).toBe(200); // the same once more
  expect((await call(lead, '/v1/team/handovers', { ...wanted, id: uuid() })).status).toBe(409);

  const detail = await ask<{ items: unknown[] }>(server.url, `/v1/team/handovers/${id}`, {
    token: bob.token,
  });
  expect(detail.body.items).toEqual([
    {
      customerId,
      name: '王芳',
      promises: [{ text: '送方案', dueOn: '2026-12-01' }],
      tasks: [],
      visits: [],
      preferences: { bestTimeFrom: '09:30' },
    },
  ]);
  expect((await call(otherLead, `/v1/team/handovers/${id}`)).status).toBe(404);

  expect((await call(lead, `/v1/team/handovers/${id}/confirm`)).status).toBe(404); // it is a POST
  const confirm = (desk: Desk) => call(desk, `/v1/team/handovers/${id}/confirm`, {});
  expect((await confirm(lead)).status).toBe(403);
  expect((await confirm(bob)).status).toBe(200);
  expect((await bob.see()).filter(({ entity }) => entity === 'customer')).toEqual([]);
  expect((await confirm(ann)).status).toBe(200);
  expect((await bob.see()).filter(({ entity }) => entity === 'customer').map((record) => record.id)).toEqual([
    customerId,
  ]);
  expect((await confirm(ann)).status).toBe(409);
  const { body } = await ask<{ handovers: Handover[] }>(server.url, '/v1/team/handovers', {
    token: ann.token,
  });
  expect(body.handovers).toMatchObject([{ id, note: '调岗', customers: [{ id: customerId, name: '王芳' }] }]);
  expect(body.handovers[0]?.doneAt).not.toBeNull();
});

test('a handover that was called off moves nobody', async () => {
  const id = uuid();
  const wanted = { id, fromId: idOf('bob'), toId: idOf('ann'), customerIds: [customerId], note: '' };
  expect((await call(lead, '/v1/team/handovers', wanted)).status).toBe(200);
  expect((await call(otherLead, `/v1/team/handovers/${id}/cancel`, {})).status).toBe(404);
  expect((await call(ann, `/v1/team/handovers/${id}/cancel`, {})).status).toBe(200);
  expect((await call(bob, `/v1/team/handovers/${id}/confirm`, {})).status).toBe(409);
});

test('a device is cut off by its user or the leader of the team, by nobody else', async () => {
  const { accessToken, deviceId } = await signIn(server.url, 'ann');
  const listed = await ask<{ devices: { id: string }[] }>(server.url, '/v1/devices', { token: ann.token });
  expect(listed.body.devices.map((device) => device.id)).toContain(deviceId);
  for (const desk of [bob, otherLead, auditor])
    expect((await call(desk, `/v1/devices/${deviceId}/revoke`, {})).status).toBe(404);
  expect((await call(lead, `/v1/devices/${deviceId}/revoke`, {})).status).toBe(200);
  const after = await ask<{ error: { code: string } }>(server.url, '/v1/devices', { token: accessToken });
  expect(after.body.error.code).toBe('device_revoked');
});
