import { z } from 'zod';
import {
  checksumAnswer,
  enrollRequest,
  escrowRequest,
  handshakeAnswer,
  handshakeRequest,
  helloAnswer,
  pullAnswer,
  pullRequest,
  purgedRequest,
  pushAnswer,
  pushRequest,
  refreshRequest,
  snapshotAnswer,
  snapshotRequest,
  tokens,
} from '#shared/sync/protocol.ts';
import {
  devicesAnswer,
  handoverDetail,
  handoverRequest,
  handoversAnswer,
  overviewAnswer,
  quarantineAnswer,
  settleRequest,
} from '#shared/sync/team.ts';
import { commands, fileCommands } from '../admin/commands.ts';

type Method = 'get' | 'post' | 'head' | 'patch' | 'delete' | 'options' | 'put';

/** What a route takes and answers. */
export interface RouteDoc {
  method: Method;
  /** As OpenAPI writes it: `{id}` for what varies. */
  path: string;
  tag: string;
  summary: string;
  /** A bearer token is wanted unless this is false. */
  signedIn?: false;
  body?: z.ZodType;
  query?: z.ZodObject;
  answer?: z.ZodType;
  /** Of bodies that are not JSON. */
  bodyType?: string;
  answerType?: string;
}

const empty = z.object({});

const protocolRoutes: RouteDoc[] = [
  {
    method: 'get',
    path: '/v1/hello',
    tag: 'account',
    summary: 'Who this server is and what it speaks',
    signedIn: false,
    answer: helloAnswer,
  },
  {
    method: 'post',
    path: '/v1/auth/enroll',
    tag: 'account',
    summary: 'Enrol a device with a password or a one-time code',
    signedIn: false,
    body: enrollRequest,
    answer: tokens,
  },
  {
    method: 'post',
    path: '/v1/auth/refresh',
    tag: 'account',
    summary: 'New tokens for a refresh token',
    signedIn: false,
    body: refreshRequest,
    answer: tokens,
  },
  {
    method: 'post',
    path: '/v1/sync/handshake',
    tag: 'sync',
    summary: 'Begin a round',
    body: handshakeRequest,
    answer: handshakeAnswer,
  },
  {
    method: 'post',
    path: '/v1/sync/push',
    tag: 'sync',
    summary: 'Send mutations',
    body: pushRequest,
    answer: pushAnswer,
  },
  {
    method: 'get',
    path: '/v1/sync/pull',
    tag: 'sync',
    summary: 'What changed after a cursor',
    query: pullRequest,
    answer: pullAnswer,
  },
  {
    method: 'get',
    path: '/v1/sync/snapshot',
    tag: 'sync',
    summary: 'The whole scope, page by page',
    query: snapshotRequest,
    answer: snapshotAnswer,
  },
  {
    method: 'get',
    path: '/v1/sync/checksum',
    tag: 'sync',
    summary: 'What the scope holds',
    answer: checksumAnswer,
  },
  {
    method: 'post',
    path: '/v1/sync/purged',
    tag: 'sync',
    summary: 'Confirm what was removed',
    body: purgedRequest,
    answer: empty,
  },
  {
    method: 'post',
    path: '/v1/sync/escrow',
    tag: 'sync',
    summary: 'Hand over what a device that was cut off still holds',
    body: escrowRequest,
    answer: empty,
  },
  {
    method: 'get',
    path: '/v1/sync/hints',
    tag: 'sync',
    summary: 'Server-sent events: the book moved on',
    answerType: 'text/event-stream',
  },
  {
    method: 'head',
    path: '/v1/attachments/{sha256}',
    tag: 'attachments',
    summary: 'Whether the bytes are there',
  },
  {
    method: 'get',
    path: '/v1/attachments/{sha256}',
    tag: 'attachments',
    summary: 'The bytes, whole or by range',
    answerType: 'application/octet-stream',
  },
  {
    method: 'options',
    path: '/v1/attachments/tus',
    tag: 'attachments',
    summary: 'What of tus is spoken',
    signedIn: false,
  },
  { method: 'post', path: '/v1/attachments/tus', tag: 'attachments', summary: 'Begin an upload (tus 1.0)' },
  {
    method: 'head',
    path: '/v1/attachments/tus/{id}',
    tag: 'attachments',
    summary: 'How far an upload has come',
  },
  {
    method: 'patch',
    path: '/v1/attachments/tus/{id}',
    tag: 'attachments',
    summary: 'The next piece of an upload',
    bodyType: 'application/offset+octet-stream',
  },
  { method: 'delete', path: '/v1/attachments/tus/{id}', tag: 'attachments', summary: 'Give an upload up' },
  { method: 'get', path: '/healthz', tag: 'operation', summary: 'The process is alive', signedIn: false },
  {
    method: 'get',
    path: '/readyz',
    tag: 'operation',
    summary: 'The database answers and its schema is that of the program',
    signedIn: false,
  },
  {
    method: 'get',
    path: '/metrics',
    tag: 'operation',
    summary: 'Metrics for Prometheus',
    signedIn: false,
    answerType: 'text/plain',
  },
  { method: 'get', path: '/v1/openapi.json', tag: 'operation', summary: 'This document', signedIn: false },
];

/** One for each command of the administration. */
const teamRoutes: RouteDoc[] = [
  {
    method: 'get',
    path: '/v1/team/overview',
    tag: 'team',
    summary: 'Who works in the book, when they last synced and what waits; for leaders and auditors',
    answer: overviewAnswer,
  },
  {
    method: 'get',
    path: '/v1/team/quarantine',
    tag: 'team',
    summary: 'Edits that may not be applied and must not be lost; for leaders and auditors',
    answer: quarantineAnswer,
  },
  {
    method: 'post',
    path: '/v1/team/quarantine/{id}/settle',
    tag: 'team',
    summary: 'Note what a leader decided; the content stays',
    body: settleRequest,
    answer: empty,
  },
  {
    method: 'get',
    path: '/v1/team/handovers',
    tag: 'team',
    summary: 'Handovers: of the book for a leader, of oneself for a manager',
    answer: handoversAnswer,
  },
  {
    method: 'post',
    path: '/v1/team/handovers',
    tag: 'team',
    summary: 'Begin a handover; for leaders',
    body: handoverRequest,
    answer: empty,
  },
  {
    method: 'get',
    path: '/v1/team/handovers/{id}',
    tag: 'team',
    summary: 'What both sides look at, customer by customer',
    answer: handoverDetail,
  },
  {
    method: 'post',
    path: '/v1/team/handovers/{id}/confirm',
    tag: 'team',
    summary: 'Confirm a side; when both have, the customers change hands',
    answer: empty,
  },
  {
    method: 'post',
    path: '/v1/team/handovers/{id}/cancel',
    tag: 'team',
    summary: 'Call a handover off',
    answer: empty,
  },
  {
    method: 'get',
    path: '/v1/devices',
    tag: 'team',
    summary: 'The devices of the user',
    answer: devicesAnswer,
  },
  {
    method: 'post',
    path: '/v1/devices/{id}/revoke',
    tag: 'team',
    summary: "Cut a device off: one's own, or as a leader one of the book",
    answer: empty,
  },
];

const adminRoutes = (): RouteDoc[] => [
  ...Object.entries(commands).map(
    ([name, { summary, input }]): RouteDoc => ({
      method: 'post',
      path: `/v1/admin/${name}`,
      tag: 'admin',
      summary,
      body: input,
    }),
  ),
  ...Object.entries(fileCommands).map(
    ([name, { summary, input }]): RouteDoc => ({
      method: 'post',
      path: `/v1/admin/${name}`,
      tag: 'admin',
      summary,
      query: input,
      bodyType: 'text/csv',
    }),
  ),
];

/** Every route of the server, for the OpenAPI document: a test holds it to the routes that are registered. */
export const allRoutes = (): RouteDoc[] => [...protocolRoutes, ...teamRoutes, ...adminRoutes()];
