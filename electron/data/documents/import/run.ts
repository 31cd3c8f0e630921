import type { ImportDialect, ImportMapping, ImportResult } from '#shared/contracts/book.ts';
import { AppError } from '#shared/contracts/errors.ts';
import { plainDate, systemZone } from '#shared/domain/dates.ts';
import type { EffectContext } from '../../feature.ts';
import type { Job } from '../../jobs/jobs.ts';
import {
  type ChunkResult,
  chunkCommand,
  committedChunk,
  endImport,
  noteChunk,
  startImport,
  whileRunning,
} from './import-store.ts';
import { readNames } from './inspect.ts';
import { type BadRow, createPlanner, type Planner } from './planner.ts';
import { type FileRow, readHead, readRows } from './reader.ts';
import { rememberMapping } from './remembered.ts';

export interface ImportRequest {
  path: string;
  name: string;
  dialect: ImportDialect;
  mapping: ImportMapping;
}

/** Rows per commit: few enough not to hold up a keystroke, many enough that a flush does not count. */
const CHUNK = 500;
const LISTED_BAD_ROWS = 200;

const plannerFor = async (request: ImportRequest, context: EffectContext, importId: string) => {
  const zone = systemZone();
  const names = await readNames(request.path, request.name, request.dialect);
  const today = plainDate(context.at, zone);
  const { db, at } = context;
  return {
    planner: createPlanner({ db, importId, mapping: request.mapping, names, zone, today, at }),
    names,
  };
};

/** The rows of a file in chunks, the same ones every time, without the header. */
async function* chunksOf(request: ImportRequest): AsyncGenerator<FileRow[]> {
  let chunk: FileRow[] = [];
  let isHeader = request.dialect.hasHeader;
  for await (const rows of readRows(request.path, request.name, request.dialect)) {
    for (const row of rows) {
      if (isHeader) {
        isHeader = false;
        continue;
      }
      chunk.push(row);
      if (chunk.length === CHUNK) {
        yield chunk;
        chunk = [];
      }
    }
  }
  if (chunk.length > 0) yield chunk;
}

/** The first bad rows, for the result; all of them lie in their table. */
const listed = () => {
  const first: BadRow[] = [];
  return {
    first,
    add: (rows: readonly BadRow[]): void => {
      first.push(...rows.slice(0, LISTED_BAD_ROWS - first.length));
    },
  };
};

/** Goes through the whole file and writes nothing. */
export const dryRun = async (
  request: ImportRequest,
  context: EffectContext,
  job: Job,
): Promise<ImportResult> => {
  const { bytes } = await readHead(request.path, request.name);
  const { planner } = await plannerFor(request, context, context.commandId);
  const bad = listed();
  for await (const chunk of chunksOf(request)) {
    for (const row of chunk) planner.plan(row);
    bad.add(planner.take().badRows);
    job.progress(chunk.at(-1)?.bytesRead ?? 0, bytes, 'reading');
    await job.breathe();
  }
  return { importId: null, counts: planner.counts, badRows: bad.first };
};

/** Commits what a chunk of rows changes, unless an earlier try of the same command has done so. */
const writeChunk = (
  context: EffectContext,
  planner: Planner,
  rows: readonly FileRow[],
  { importId, chunk, fileName }: Omit<ChunkResult, 'counts'>,
): readonly BadRow[] => {
  const { book, at } = context;
  const earlier = committedChunk(book.writable, importId, chunk);
  for (const row of rows) {
    if (earlier) planner.pass(row);
    else planner.plan(row);
  }
  if (earlier) planner.resumeFrom(earlier.counts);
  const { changes, badRows } = planner.take();
  const { counts } = planner;
  if (changes.length > 0) {
    const result: ChunkResult = { importId, chunk, fileName, counts };
    book.commit({
      commandId: chunkCommand(importId, chunk),
      name: 'import.run',
      changes,
      result,
      at,
      actor: 'me',
    });
    planner.committed();
  }
  noteChunk(book.writable, importId, chunk + 1, counts, badRows);
  return badRows;
};

/**
 * Imports a file in chunks, each a command of its own: a cancel or a crash leaves whole chunks behind, which the same
 * command goes on from and an undo takes back.
 */
export const runImport = (
  importId: string,
  request: ImportRequest,
  context: EffectContext,
  job: Job,
): Promise<ImportResult> =>
  whileRunning(importId, async () => {
    const { book, at } = context;
    const { bytes } = await readHead(request.path, request.name);
    const { planner, names } = await plannerFor(request, context, importId);
    startImport(book.writable, importId, request.name, at);
    rememberMapping(book, names, request.mapping, at);
    const bad = listed();
    const result = (): ImportResult => ({ importId, counts: planner.counts, badRows: bad.first });
    let chunk = 0;
    try {
      for await (const rows of chunksOf(request)) {
        bad.add(writeChunk(context, planner, rows, { importId, chunk, fileName: request.name }));
        chunk += 1;
        job.report(result());
        job.progress(rows.at(-1)?.bytesRead ?? 0, bytes, 'writing');
        await job.breathe();
      }
      endImport(book.writable, importId, 'done');
      return result();
    } catch (error) {
      job.report(result());
      const cancelled = error instanceof AppError && error.code === 'cancelled';
      if (book.db.open) endImport(book.writable, importId, cancelled ? 'cancelled' : 'failed');
      throw error;
    }
  });
