import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest, preHandlerAsyncHookHandler } from 'fastify';
import { MOST_ATTACHMENT_BYTES } from '#shared/contracts/attachments.ts';
import { customersNaming, grant, readableBlob } from '../attachments/access.ts';
import { readChunks } from '../attachments/chunks.ts';
import { bytesOf, metadataOf, rangeOf } from '../attachments/headers.ts';
import {
  BOOK_BYTES,
  beginUpload,
  dropUpload,
  findUpload,
  finishUpload,
  keepPiece,
  type Upload,
} from '../attachments/uploads.ts';
import type { Database } from '../store/database.ts';
import type { Viewer } from '../store/scope.ts';
import { Fault } from './fault.ts';

export interface AttachmentDeps {
  db: Database;
  /** Sets `request.session`, or refuses. */
  authenticate: preHandlerAsyncHookHandler;
  /** Bytes one book may hold. */
  bookBytes?: number;
}

const TUS = '1.0.0';
const PATH = '/v1/attachments/tus';
const PIECE_TYPE = 'application/offset+octet-stream';
/** A row of the database holds so much. */
const STORED_BYTES = 256 * 1024;
const SHA256 = /^[0-9a-f]{64}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** @throws Fault unauthorized, or not_allowed for users without a book */
const viewerOf = ({ session }: FastifyRequest): Viewer => {
  if (!session) throw new Fault('unauthorized');
  const { bookId, accountId, role } = session;
  if (bookId === null) throw new Fault('not_allowed', { detail: 'this user works in no book' });
  return { bookId, accountId, role };
};

/** @throws Fault not_allowed for those who only read */
const writerOf = (request: FastifyRequest): Viewer => {
  const viewer = viewerOf(request);
  if (viewer.role === 'auditor') throw new Fault('not_allowed');
  return viewer;
};

/** A part of the path. @throws Fault not_found for anything but what we hand out */
const partOf = (request: FastifyRequest, name: string, shape: RegExp): string => {
  const value = (request.params as Record<string, string>)[name] ?? '';
  if (!shape.test(value)) throw new Fault('not_found');
  return value;
};

const tusReply = (reply: FastifyReply, { received, bytes, expires_at }: Upload): FastifyReply =>
  reply.headers({
    'tus-resumable': TUS,
    'upload-offset': received,
    'upload-length': bytes,
    'upload-expires': new Date(expires_at).toUTCString(),
    'cache-control': 'no-store',
  });

/** Contents of attachments by hash, and their upload by tus 1.0 with creation, termination and expiration. */
export const registerAttachments = (app: FastifyInstance, deps: AttachmentDeps): void => {
  void app.register(async (scope) => {
    scope.addContentTypeParser(PIECE_TYPE, (_request, payload, done) => done(null, payload));
    contents(scope, deps);
    uploads(scope, deps);
  });
};

const contents = (app: FastifyInstance, { db, authenticate }: AttachmentDeps): void => {
  const guarded = { preHandler: authenticate };
  const path = '/v1/attachments/:sha256';
  const find = async (request: FastifyRequest) => {
    const viewer = viewerOf(request);
    const blob = await readableBlob(db, viewer, partOf(request, 'sha256', SHA256));
    return blob ? { viewer, blob } : null;
  };

  app.head(path, guarded, async (request, reply) => {
    const found = await find(request);
    if (!found) throw new Fault('not_found');
    const { viewer, blob } = found;
    // who can read the bytes need not send them again for another customer
    if (viewer.role !== 'auditor')
      await grant(db, viewer.bookId, blob.sha256, await customersNaming(db, viewer, blob.sha256));
    return reply.headers({ 'content-length': blob.bytes, 'accept-ranges': 'bytes' }).send();
  });

  app.get(path, { ...guarded, exposeHeadRoute: false }, async (request, reply) => {
    const found = await find(request);
    if (!found) throw new Fault('not_found');
    const { viewer, blob } = found;
    const range = rangeOf(request.headers.range, blob.bytes);
    reply.headers({
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment',
      'x-content-type-options': 'nosniff',
      'accept-ranges': 'bytes',
      'cache-control': 'private, no-store, no-transform',
    });
    if (range === 'beyond') return reply.code(416).header('content-range', `bytes */${blob.bytes}`).send();
    const { from, to } = range === 'all' ? { from: 0, to: blob.bytes } : range;
    if (range !== 'all') reply.code(206).header('content-range', `bytes ${from}-${to - 1}/${blob.bytes}`);
    reply.header('content-length', to - from);
    return reply.send(
      Readable.from(readChunks(db, { bookId: viewer.bookId, uploadId: blob.upload_id, from, to })),
    );
  });
};

/** Keeps what arrives, row by row; a request that is cut leaves what came before the cut. */
const receive = async (
  db: Database,
  viewer: Viewer,
  id: string,
  at: number,
  body: Readable,
): Promise<void> => {
  let offset = at;
  let pending: Buffer[] = [];
  let waiting = 0;
  const flush = async (): Promise<void> => {
    if (waiting === 0) return;
    const piece = Buffer.concat(pending);
    pending = [];
    waiting = 0;
    offset = await keepPiece(db, viewer, { id, at: offset, piece });
  };
  let cut: unknown = null;
  const received = body[Symbol.asyncIterator]();
  for (;;) {
    const next = await received.next().catch((error: unknown) => {
      cut = error;
      return { done: true as const, value: undefined };
    });
    if (next.done) break;
    pending.push(next.value as Buffer);
    waiting += (next.value as Buffer).length;
    if (waiting >= STORED_BYTES) await flush();
  }
  await flush();
  if (cut !== null) throw new Fault('unavailable', { detail: 'the request was cut' });
};

const uploads = (
  app: FastifyInstance,
  { db, authenticate, bookBytes = BOOK_BYTES }: AttachmentDeps,
): void => {
  const guarded = { preHandler: authenticate };
  const idOf = (request: FastifyRequest): string => partOf(request, 'id', UUID);
  /** @throws Fault invalid for another version of tus */
  const checkVersion = (request: FastifyRequest): void => {
    if (request.headers['tus-resumable'] !== TUS)
      throw new Fault('invalid', { detail: `tus-resumable: only ${TUS}` });
  };

  app.options(PATH, guarded, (_request, reply) =>
    reply
      .code(204)
      .headers({
        'tus-resumable': TUS,
        'tus-version': TUS,
        'tus-extension': 'creation,termination,expiration',
        'tus-max-size': MOST_ATTACHMENT_BYTES,
      })
      .send(),
  );

  app.post(PATH, guarded, async (request, reply) => {
    checkVersion(request);
    const viewer = writerOf(request);
    const sha256 = metadataOf(request.headers['upload-metadata'] as string | undefined, 'sha256') ?? '';
    if (!SHA256.test(sha256)) throw new Fault('invalid', { detail: 'upload-metadata: sha256' });
    const bytes = bytesOf(request.headers['upload-length'], 'upload-length');
    const upload = await beginUpload(db, viewer, { sha256, bytes }, bookBytes);
    if (bytes === 0) await finishUpload(db, viewer, upload);
    return tusReply(reply, upload).code(201).header('location', `${PATH}/${upload.id}`).send();
  });

  app.head(`${PATH}/:id`, guarded, async (request, reply) =>
    tusReply(reply, await findUpload(db, writerOf(request), idOf(request))).send(),
  );

  app.patch(`${PATH}/:id`, { ...guarded, bodyLimit: MOST_ATTACHMENT_BYTES + 1 }, async (request, reply) => {
    checkVersion(request);
    const viewer = writerOf(request);
    if (!(request.body instanceof Readable))
      throw new Fault('invalid', { detail: `content-type: ${PIECE_TYPE}` });
    const upload = await findUpload(db, viewer, idOf(request));
    const at = bytesOf(request.headers['upload-offset'], 'upload-offset');
    if (at !== upload.received) throw new Fault('conflict', { detail: 'upload-offset' });
    await receive(db, viewer, upload.id, at, request.body);
    const now = await findUpload(db, viewer, upload.id);
    // also for an empty piece: the server may have ended between the last piece and here
    if (now.received === now.bytes) await finishUpload(db, viewer, now);
    return tusReply(reply, now).code(204).send();
  });

  app.delete(`${PATH}/:id`, guarded, async (request, reply) => {
    checkVersion(request);
    const viewer = writerOf(request);
    const upload = await findUpload(db, viewer, idOf(request));
    await dropUpload(db, viewer, upload.id);
    return reply.code(204).header('tus-resumable', TUS).send();
  });
};
