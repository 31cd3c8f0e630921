import { v7 as uuid } from 'uuid';
import type { ImportDialect, ImportMapping, ImportResult } from '#shared/contracts/book.ts';
import { AppError } from '#shared/contracts/errors.ts';
import { plainDate, systemZone } from '#shared/domain/dates.ts';
import type { Change } from '#shared/sync/mutation.ts';
import { write } from '../../database/connection.ts';
import type { EffectContext } from '../../feature.ts';
import type { Job } from '../../jobs/jobs.ts';
import { inverseOfCommand } from '../../repositories/records/inverse.ts';
import { chunkCommand, endImport, importOf, noteChunk, startImport } from './import-store.ts';
import { columnNames, firstRows, mappingKey } from './inspect.ts';
import { createPlanner } from './plan-rows.ts';
import { readHead, readRows } from './reader.ts';

export interface ImportRequest {
  path: string;
  name: string;
  dialect: ImportDialect;
  mapping: ImportMapping;
}

/** Rows per commit: few enough not to hold up a keystroke, many enough that a flush does not count. */
const CHUNK = 400;
const LISTED_BAD_ROWS = 200;

const plannerFor = async (request: ImportRequest, context: EffectContext, importId: string) => {
  const zone = systemZone();
  const [first = []] = await firstRows(request.path, request.name, request.dialect);
  const width = Math.max(first.length, request.mapping.columns.length);
  const columns = columnNames(
    Array.from({ length: width }, (_, index) => first[index] ?? ''),
    request.dialect.hasHeader,
  );
  const planner = createPlanner({
    db: context.db,
    importId,
    mapping: request.mapping,
    columns,
    zone,
    today: plainDate(context.at, zone),
    at: context.at,
  });
  return { planner, columns };
};

const resultOf = (importId: string | null, planner: ReturnType<typeof createPlanner>): ImportResult => ({
  importId,
  counts: { ...planner.counts },
  badRows: planner.badRows.slice(0, LISTED_BAD_ROWS),
});

/** Goes through the whole file and writes nothing. */
export const dryRun = async (
  request: ImportRequest,
  context: EffectContext,
  job: Job,
): Promise<ImportResult> => {
  const { bytes } = await readHead(request.path, request.name);
  const { planner } = await plannerFor(request, context, uuid());
  let rows = 0;
  for await (const row of readRows(request.path, request.name, request.dialect)) {
    planner.plan(row);
    if (++rows % CHUNK === 0) {
      job.progress(row.bytesRead, bytes, 'reading');
      await job.breathe();
    }
  }
  return resultOf(null, planner);
};

/** Imports a file in chunks; each is a command of its own, so that a cancel or a crash leaves whole chunks behind. */
export const runImport = async (
  request: ImportRequest,
  context: EffectContext,
  job: Job,
): Promise<ImportResult> => {
  const { book, at } = context;
  const importId = uuid();
  const { bytes } = await readHead(request.path, request.name);
  const { planner, columns } = await plannerFor(request, context, importId);
  startImport(book.writable, importId, request.name, at, planner.counts);
  write(
    book.writable,
    'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  ).run(mappingKey(columns), JSON.stringify(request.mapping));
  let changes: Change[] = [];
  let chunk = 0;
  let rows = 0;
  const commit = (): void => {
    if (changes.length === 0) return;
    book.commit({
      commandId: chunkCommand(importId, chunk),
      name: 'import.run',
      changes,
      result: null,
      at,
      actor: 'me',
    });
    chunk += 1;
    noteChunk(book.writable, importId, chunk, planner.counts);
    changes = [];
  };
  try {
    for await (const row of readRows(request.path, request.name, request.dialect)) {
      changes.push(...planner.plan(row));
      if (++rows % CHUNK !== 0) continue;
      commit();
      job.progress(row.bytesRead, bytes, 'writing');
      await job.breathe();
    }
    commit();
    endImport(book.writable, importId, 'done', planner.counts, planner.badRows);
    return resultOf(importId, planner);
  } catch (error) {
    const cancelled = error instanceof AppError && error.code === 'cancelled';
    endImport(book.writable, importId, cancelled ? 'cancelled' : 'failed', planner.counts, planner.badRows);
    throw error;
  }
};

/** Takes an import back, newest chunk first; what somebody changed since is left alone and counted. */
export const undoImport = async (
  importId: string,
  context: EffectContext,
  job: Job,
): Promise<ImportResult> => {
  const { book, db, at } = context;
  const { chunks, counts } = importOf(db, importId);
  let skipped = 0;
  for (let chunk = chunks - 1; chunk >= 0; chunk--) {
    const commandId = chunkCommand(importId, chunk);
    const plan = inverseOfCommand(db, commandId);
    skipped += plan.skipped;
    if (plan.changes.length > 0)
      book.commit({
        commandId: chunkCommand(`${importId} undo`, chunk),
        name: 'import.undo',
        changes: plan.changes,
        result: null,
        at,
        actor: 'me',
        undoes: commandId,
      });
    job.progress(chunks - chunk, chunks, 'undoing');
    await job.breathe();
  }
  endImport(book.writable, importId, 'undone');
  return { importId, counts: { ...counts, skipped }, badRows: [] };
};
