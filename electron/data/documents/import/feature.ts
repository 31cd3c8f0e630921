import { Readable } from 'node:stream';
import type { Parsed } from '#shared/contracts/registry.ts';
import { plainDate, systemZone } from '#shared/domain/dates.ts';
import { wordsOf } from '#shared/presentation/words.ts';
import { derivedId } from '../../derived-id.ts';
import { defineFeature, type EffectContext } from '../../feature.ts';
import { BOM, csvLines, neutralise } from '../csv-safe.ts';
import { writeWhole } from '../export/whole-file.ts';
import { badRowsOf, importOf, listImports } from './import-store.ts';
import { inspectFile } from './inspect.ts';
import { dryRun, type ImportRequest, runImport } from './run.ts';
import { undoImport } from './undo-import.ts';

const MOST_BAD_ROWS = 1_000_000;

const requestOf = async (input: Parsed<'import.run'>, context: EffectContext): Promise<ImportRequest> => {
  const { path, name } = await context.files.resolve(input.file);
  return { path, name, dialect: input.dialect, mapping: input.mapping };
};

/** Import of CSV files: look, try, run, take back. */
export const imports = defineFeature({
  queries: {
    'import.inspect': async ({ file, dialect }, context) => {
      const chosen = await context.files.resolve(file);
      return inspectFile(context.db, chosen, dialect, plainDate(context.now(), systemZone()));
    },
    'import.list': (_input, { db }) => ({ imports: listImports(db) }),
    'import.badRows': ({ id, offset, limit }, { db }) => {
      importOf(db, id);
      return badRowsOf(db, id, offset, limit);
    },
  },
  effects: {
    'import.dryRun': async (input, context) => {
      const request = await requestOf(input, context);
      return { jobId: context.jobs.start('import', (job) => dryRun(request, context, job)) };
    },
    'import.run': async (input, context) => {
      const request = await requestOf(input, context);
      // Asked again after a crash, the command goes on with the import it began.
      const importId = derivedId('import', context.commandId);
      return { jobId: context.jobs.start('import', (job) => runImport(importId, request, context, job)) };
    },
    'import.undo': ({ id }, context) => {
      importOf(context.db, id);
      return { jobId: context.jobs.start('undoImport', (job) => undoImport(id, context, job)) };
    },
    'import.saveBadRows': async ({ id, file, language }, { db, files }) => {
      importOf(db, id);
      const { path } = await files.resolve(file);
      const { rows } = badRowsOf(db, id, 0, MOST_BAD_ROWS);
      const words = wordsOf(language);
      const lines = [
        ['line', 'column', 'value', 'reason'].map((name) => words(`badRow:${name}`)),
        ...rows.map((row) => [String(row.line), row.column, row.value, words(row.rule)].map(neutralise)),
      ];
      await writeWhole(path, Readable.from([BOM, csvLines(lines)]));
      return { rows: rows.length };
    },
  },
});
