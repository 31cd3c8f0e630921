import { z } from 'zod';
import { id, instant, plainDate, text } from '../domain/fields.ts';
import { customerView } from '../domain/filter.ts';
import { byId, fileToken, ids, jobStarted, nothing, page, receipt } from './common.ts';
import { command, query } from './contract.ts';
import { jobState } from './envelope.ts';

const backupInfo = z.strictObject({
  name: z.string(),
  at: instant(),
  bytes: z.number().int(),
  reason: z.enum(['schedule', 'migration', 'uncleanExit', 'manual', 'beforeRestore']),
  verified: z.boolean(),
});
export type BackupInfo = z.infer<typeof backupInfo>;

export const bookContract = {
  'book.state': query(
    nothing,
    z.strictObject({
      bookId: z.uuid(),
      demo: z.boolean(),
      /** Nothing was ever written here, or the filling of the demo book was interrupted. */
      unfilled: z.boolean(),
      customers: z.number().int(),
      interactions: z.number().int(),
      /** Mutations no server has acknowledged yet. */
      waiting: z.number().int(),
      lastBackupAt: instant().nullable(),
      journalBytes: z.number().int(),
      databaseBytes: z.number().int(),
      schemaVersion: z.number().int(),
      sqliteVersion: z.string(),
      cipher: z.string(),
      review: z.number().int(),
    }),
  ),
  'settings.get': query(nothing, z.strictObject({ values: z.record(z.string(), z.unknown()) })),
  'settings.set': command(
    z.strictObject({ key: z.string().regex(/^[a-zA-Z][\w.-]{0,79}$/), value: z.unknown() }),
    z.strictObject({ ok: z.literal(true) }),
  ),
  'backup.list': query(nothing, z.strictObject({ backups: z.array(backupInfo) })),
  'backup.now': command(nothing, backupInfo, 'manage'),
  /** Fills the empty book with the demo book: the same 300 customers every time, dated around today. */
  'demo.fill': command(
    z.strictObject({ language: z.enum(['zh-CN', 'zh-TW', 'en']), today: plainDate() }),
    jobStarted,
  ),
  /** Journal entries that no longer fit, waiting for a person. */
  'review.list': query(
    nothing,
    z.strictObject({
      entries: z.array(
        z.strictObject({
          id: id(),
          at: instant(),
          command: z.string(),
          reason: z.string(),
          content: z.string(),
        }),
      ),
    }),
  ),
  /** Settles a review entry; its content stays in the history either way. */
  'review.settle': command(
    z.strictObject({ id: id(), how: z.enum(['apply', 'keepAsNote', 'discard']) }),
    receipt,
  ),
};

export const draftContract = {
  /** Keeps what is being typed, by a key of the screen. Local, never synced, survives a kill. */
  'draft.put': command(
    z.strictObject({ key: text(80), value: z.unknown() }),
    z.strictObject({ savedAt: instant() }),
  ),
  'draft.get': query(
    z.strictObject({ key: text(80) }),
    z.strictObject({ value: z.unknown(), savedAt: instant().nullable() }),
  ),
  'draft.list': query(
    nothing,
    z.strictObject({ drafts: z.array(z.strictObject({ key: z.string(), savedAt: instant() })) }),
  ),
  'draft.drop': command(z.strictObject({ key: text(80) }), z.strictObject({ ok: z.literal(true) })),
};

export const jobContract = {
  'job.get': query(byId, jobState),
  'job.cancel': command(byId, z.strictObject({ cancelled: z.boolean() })),
};

export const SEARCH_KINDS = [
  'customer',
  'companyContact',
  'note',
  'visitReport',
  'task',
  'promise',
  'visit',
  'script',
  'interaction',
] as const;
export type SearchKind = (typeof SEARCH_KINDS)[number];
/** Pieces of a line, alternating plain and matched: [plain, hit, plain, hit, …]. */
const highlighted = z.array(z.string());

export const searchContract = {
  'search.query': query(
    z.strictObject({
      text: text(200),
      kinds: z.array(z.enum(SEARCH_KINDS)).max(9).default([]),
      limit: z.number().int().min(1).max(100).default(20),
    }),
    z.strictObject({
      hits: z.array(
        z.strictObject({
          entity: z.enum(SEARCH_KINDS),
          id: id(),
          customerId: id().nullable(),
          title: highlighted,
          line: highlighted,
          at: instant().nullable(),
        }),
      ),
      /** true when more would match */
      more: z.boolean(),
    }),
  ),
};

/** Where a column of a file goes: a customer field, a holding or interaction field, a custom field, or nowhere. */
export const importTarget = z
  .string()
  .max(120)
  .regex(/^(customer\.|holding\.|interaction\.|custom:|skip$)/);
export const importMapping = z.strictObject({
  columns: z.array(importTarget).max(500),
  kind: z.enum(['person', 'company']).default('person'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .default('CNY'),
  /** What to do when a row looks like a customer who is here already. */
  duplicates: z.enum(['update', 'skip', 'create']).default('update'),
  dateOrder: z.enum(['ymd', 'mdy', 'dmy']).default('ymd'),
  /** Year for columns that give only day and month. */
  assumeYear: z.number().int().min(1900).max(2200).nullable().default(null),
});
export type ImportMapping = z.infer<typeof importMapping>;
export const importDialect = z.strictObject({
  encoding: z.string().max(20),
  separator: z.string().max(2),
  quote: z.string().max(1),
  hasHeader: z.boolean(),
});
export type ImportDialect = z.infer<typeof importDialect>;
const badRow = z.strictObject({
  line: z.number().int(),
  column: z.string(),
  value: z.string(),
  /** Key of the words that say what is wrong: badRow.date … */
  rule: z.string(),
});
const importCounts = z.strictObject({
  rows: z.number().int(),
  created: z.number().int(),
  updated: z.number().int(),
  skipped: z.number().int(),
  bad: z.number().int(),
  interactions: z.number().int(),
  holdings: z.number().int(),
});

export const importContract = {
  /** Looks at a chosen file: dialect, header, kinds of values, first rows, and the mapping remembered or guessed. */
  'import.inspect': query(
    z.strictObject({ file: fileToken, dialect: importDialect.partial().optional() }),
    z.strictObject({
      fileName: z.string(),
      bytes: z.number().int(),
      dialect: importDialect,
      columns: z.array(
        z.strictObject({
          name: z.string(),
          valueKind: z.enum(['text', 'number', 'money', 'date', 'phone', 'email', 'flag', 'choice', 'empty']),
          samples: z.array(z.string()),
          target: importTarget,
        }),
      ),
      rows: z.array(z.array(z.string())),
      mapping: importMapping,
      remembered: z.boolean(),
    }),
  ),
  /** Goes through the whole file without writing. The job's result holds counts and the first bad rows. */
  'import.dryRun': command(
    z.strictObject({ file: fileToken, dialect: importDialect, mapping: importMapping }),
    jobStarted,
  ),
  'import.run': command(
    z.strictObject({ file: fileToken, dialect: importDialect, mapping: importMapping }),
    jobStarted,
  ),
  'import.list': query(
    nothing,
    z.strictObject({
      imports: z.array(
        z.strictObject({
          id: id(),
          fileName: z.string(),
          at: instant(),
          state: z.enum(['running', 'done', 'cancelled', 'failed', 'undone']),
          counts: importCounts,
        }),
      ),
    }),
  ),
  'import.badRows': query(
    z.strictObject({ id: id(), ...page }),
    z.strictObject({ total: z.number().int(), rows: z.array(badRow) }),
  ),
  /** Writes the bad rows, with line, column and reason, to a CSV the user chose. */
  'import.saveBadRows': command(
    z.strictObject({
      id: id(),
      file: fileToken,
      language: z.enum(['zh-CN', 'zh-TW', 'en']).default('zh-CN'),
    }),
    z.strictObject({ rows: z.number().int() }),
    'export',
  ),
  /** Takes back everything an import created or changed, as far as nobody changed it since. */
  'import.undo': command(byId, jobStarted),
};
/** Result of a dry run or a run, in the job's `result`. */
export const importResult = z.strictObject({
  importId: z.uuid().nullable(),
  counts: importCounts,
  badRows: z.array(badRow),
});
export type ImportResult = z.infer<typeof importResult>;

/** Which reports an export takes. */
export const reportSelection = z.strictObject({
  ids: ids(5_000).optional(),
  from: plainDate().optional(),
  to: plainDate().optional(),
  customerId: id().optional(),
  state: z.enum(['draft', 'signed']).optional(),
});
export type ReportSelection = z.infer<typeof reportSelection>;

export const exportContract = {
  /** How many reports a selection holds, and their ids in print order. */
  'export.reportIds': query(reportSelection, z.strictObject({ ids: z.array(id()) })),
  /** Writes reports as XLSX or CSV. PDF is made by main from the print pages (shell.printReports). */
  'export.reports': command(
    z.strictObject({
      file: fileToken,
      format: z.enum(['xlsx', 'csv']),
      selection: reportSelection,
      columns: z.array(z.string().max(60)).max(60).optional(),
      bom: z.boolean().default(true),
      language: z.enum(['zh-CN', 'zh-TW', 'en']),
    }),
    jobStarted,
    'export',
  ),
  'export.customers': command(
    z.strictObject({
      file: fileToken,
      format: z.enum(['xlsx', 'csv']),
      view: customerView,
      ids: ids().optional(),
      bom: z.boolean().default(true),
      language: z.enum(['zh-CN', 'zh-TW', 'en']),
    }),
    jobStarted,
    'export',
  ),
};

export const viewContract = {
  'savedView.list': query(
    z.strictObject({ place: z.enum(['customers', 'visits', 'reports']) }),
    z.strictObject({
      views: z.array(
        z.strictObject({ id: id(), name: z.string(), definition: z.string(), position: z.number().int() }),
      ),
    }),
  ),
};

/** A call that does nothing: the baseline of every measurement. */
export const echoContract = {
  'app.echo': query(z.strictObject({ value: z.unknown() }), z.strictObject({ value: z.unknown() })),
};
