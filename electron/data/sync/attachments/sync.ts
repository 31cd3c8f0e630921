import { setTimeout } from 'node:timers/promises';
import type { AttachmentFiles } from '../../attachments/files.ts';
import { fileRow, forgetFile, noteFile } from '../../attachments/table.ts';
import type { Book } from '../../database/book.ts';
import { write } from '../../database/connection.ts';
import { metaOf, setMeta } from '../../database/recovery/meta.ts';
import { cursorOf } from '../connection.ts';
import { SyncFault } from '../fault.ts';
import type { AttachmentSync } from '../parts.ts';
import type { Transfer } from './asking.ts';
import { download } from './download.ts';
import { upload } from './upload.ts';
import { type Content, contentsOnlyOf, contentsToFetch, contentsToSend } from './wanted.ts';

export interface AttachmentSyncParts {
  book: Book;
  files: AttachmentFiles;
  now(): Date;
  /** Told when the state of a content has changed. */
  onChange?(): void;
  log?(error: unknown): void;
}

/** What the server did not have is asked for again after so long. */
const ASK_AGAIN_MS = 10 * 60_000;
const TELL_EVERY_MS = 500;
/** From so many contents on there is a pause after each: a device may ask only so often, and rounds come first. */
const AT_ONCE = 50;
const PAUSE_SECONDS = 0.4;
const pause = (seconds: number, signal: AbortSignal): Promise<boolean> =>
  setTimeout(seconds * 1_000, true, { signal, ref: false }).catch(() => false);
const EPOCH = 'attachments.epoch';

/**
 * Sends and fetches the contents of attachments beside the rounds: a round starts it and does not wait, so that a large
 * file never holds up records. What is cut goes on with the next round.
 */
export const createAttachmentSync = (
  parts: AttachmentSyncParts,
): AttachmentSync & { settled(): Promise<void> } => {
  const { book, files, now, onChange = () => undefined, log = () => undefined } = parts;
  const db = book.writable;
  const absent = new Map<string, number>();
  /** Ends what runs beside the rounds; the newest round's end is its end too. */
  let stop = new AbortController();
  /** A round came while one was served: look once more. */
  let again = false;
  let told = 0;
  let running: Promise<void> | null = null;
  let last: Promise<unknown> = Promise.resolve();

  /** One content at a time, also when a purge asks meanwhile. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return mine;
  };

  /** Pages read their lists again when told, so not for every one of many small contents. */
  const tell = (): void => {
    if (Date.now() - told < TELL_EVERY_MS) return;
    told = Date.now();
    onChange();
  };

  const pace = async (done: number, { signal }: Transfer): Promise<void> => {
    if (done > AT_ONCE) await pause(PAUSE_SECONDS, signal);
  };

  /** Another history of the server may lack what an earlier one had. */
  const checkEpoch = (): void => {
    const epoch = cursorOf(db)?.split('.')[0];
    if (epoch === undefined || epoch === metaOf(db, EPOCH)) return;
    write(db, 'UPDATE attachment_file SET stored_at = NULL, upload = NULL, refused = NULL').run();
    setMeta(db, EPOCH, epoch);
  };

  const sendAll = async (contents: readonly Content[], transfer: Transfer): Promise<void> => {
    for (const [done, content] of contents.entries()) {
      await pace(done, transfer);
      if (transfer.signal.aborted) return;
      await inTurn(() => upload({ ...transfer, db, files, now }, content));
      tell();
    }
  };

  const fetchAll = async (transfer: Transfer): Promise<void> => {
    let done = 0;
    for (const content of contentsToFetch(db, files)) {
      const { sha256, asked } = content;
      if (!asked && (absent.get(sha256) ?? 0) > now().getTime() - ASK_AGAIN_MS) continue;
      await pace(done++, transfer);
      if (transfer.signal.aborted) return;
      const outcome = await inTurn(() => download({ ...transfer, files }, content));
      if (outcome === 'here')
        noteFile(db, sha256, {
          stored_at: now().toISOString(),
          wanted_at: null,
          damaged_at: null,
          upload: null,
        });
      else {
        absent.set(sha256, now().getTime());
        if (fileRow(db, sha256)) noteFile(db, sha256, { wanted_at: null });
      }
      tell();
    }
  };

  const runOnce = async (transfer: Transfer): Promise<void> => {
    try {
      checkEpoch();
      await sendAll(contentsToSend(db, files), transfer);
      await fetchAll(transfer);
      onChange();
    } catch (error) {
      onChange();
      // asked for too much at once: go on after the pause the server wants
      if (error instanceof SyncFault && error.code === 'rate_limited')
        again = await pause(error.extra.retryAfter ?? 60, transfer.signal);
      // the server cannot be asked now, or the book was closed: the next round goes on
      else if (!(error instanceof SyncFault) && !transfer.signal.aborted && db.open) log(error);
    }
  };

  const run = async (transfer: Transfer): Promise<void> => {
    do {
      again = false;
      await runOnce(transfer);
    } while (again && !transfer.signal.aborted);
    running = null;
  };

  return {
    async sync(server, signal) {
      again = true;
      if (!running) {
        stop = new AbortController();
        running = run({ server, signal: stop.signal });
      }
      signal.addEventListener('abort', () => stop.abort(), { once: true });
    },
    /** Called before the records of a customer are purged: what only lies here is sent first, then the bytes go. */
    async purge(customerId, server) {
      const gone = contentsOnlyOf(db, customerId);
      // not the signal of a former round: what was not sent must not be removed
      const { signal } = new AbortController();
      await sendAll(contentsToSend(db, files, customerId), { server, signal });
      for (const sha256 of gone) {
        files.remove(sha256);
        forgetFile(db, sha256);
      }
    },
    async settled() {
      while (running) await running;
    },
  };
};
