import { z } from 'zod';
import { id, plainDate } from '../domain/fields.ts';
import { reportSelection } from './book.ts';
import { fileToken, nothing } from './common.ts';
import { command, type InputOf, type OutputOf, query } from './contract.ts';
import { ERROR_CODES, type WireError } from './errors.ts';

const oneFile = z.strictObject({ file: fileToken, name: z.string(), bytes: z.number().int().nullable() });
const chosenFile = oneFile.nullable();
export const FILE_PURPOSES = [
  'importCsv',
  'exportXlsx',
  'exportCsv',
  'exportPdf',
  'badRowsCsv',
  'outbox',
  'attachment',
] as const;

export const BOOK_STATES = ['none', 'locked', 'opening', 'open', 'failed'] as const;
export const bookStatus = z.strictObject({
  state: z.enum(BOOK_STATES),
  demo: z.boolean(),
  /** How the key is guarded: by the system's key ring, by passphrase, or not at all (demo). */
  protection: z.enum(['system', 'passphrase', 'none']).nullable(),
  /** Why the store cannot be opened, as an error code. */
  error: z.string().nullable(),
  /** Verified backups one could go back to, newest first. */
  backups: z.array(z.strictObject({ name: z.string(), at: z.string(), bytes: z.number().int() })),
  /** What recovery did at this start, to tell the user: locale key and counts. */
  recovery: z
    .strictObject({ key: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) })
    .nullable(),
});
export type BookStatus = z.infer<typeof bookStatus>;

/**
 * What main does for the page: windows, dialogs, the key vault, the state of the data process.
 * Preload's whole surface is derived from this contract; nothing generic is exposed.
 */
export const shellContract = {
  'shell.info': query(
    nothing,
    z.strictObject({
      version: z.string(),
      electron: z.string(),
      chrome: z.string(),
      node: z.string(),
      platform: z.string(),
      locale: z.string(),
      systemKeyRing: z.boolean(),
      dataFolder: z.string(),
      logFile: z.string(),
      packaged: z.boolean(),
      /** Started by `--smoke`: the page fills the demo book and opens Today by itself. */
      smoke: z.boolean(),
      /** What the user chose; `system` follows the computer. */
      theme: z.enum(['system', 'light', 'dark']),
      language: z.enum(['system', 'zh-CN', 'zh-TW', 'en']),
    }),
  ),
  'shell.bookStatus': query(nothing, bookStatus),
  /** First run: makes a book. With a passphrase, or guarded by the system's key ring; the demo needs neither. */
  'shell.createBook': command(
    z.strictObject({ demo: z.boolean(), passphrase: z.string().min(8).max(200).nullable() }),
    z.strictObject({ recoveryCode: z.string().nullable() }),
  ),
  'shell.unlock': command(
    z.strictObject({
      passphrase: z.string().max(200).optional(),
      recoveryCode: z.string().max(120).optional(),
    }),
    z.strictObject({ ok: z.literal(true) }),
  ),
  'shell.changePassphrase': command(
    z.strictObject({ current: z.string().max(200).nullable(), next: z.string().min(8).max(200) }),
    z.strictObject({ recoveryCode: z.string() }),
  ),
  /** Puts the demo book away and shows the first-run doors again; `restoreDemo` brings it back. */
  'shell.removeDemo': command(nothing, z.strictObject({ ok: z.literal(true) })),
  'shell.restoreDemo': command(nothing, z.strictObject({ restored: z.boolean() })),
  'shell.restoreBackup': command(
    z.strictObject({
      name: z
        .string()
        .max(120)
        .regex(/^[\w.-]+$/),
    }),
    z.strictObject({ ok: z.literal(true) }),
  ),
  /** Tries to open the book again after a failure. */
  'shell.retryOpen': command(nothing, z.strictObject({ ok: z.literal(true) })),
  'shell.chooseOpen': command(z.strictObject({ purpose: z.enum(FILE_PURPOSES) }), chosenFile),
  'shell.chooseSeveral': command(z.strictObject({ purpose: z.enum(FILE_PURPOSES) }), z.array(oneFile)),
  'shell.chooseSave': command(
    z.strictObject({ purpose: z.enum(FILE_PURPOSES), suggested: z.string().max(200) }),
    chosenFile,
  ),
  'shell.showFile': command(z.strictObject({ file: fileToken }), z.strictObject({ ok: z.boolean() })),
  'shell.openExternal': command(
    z.strictObject({ url: z.string().max(2_000) }),
    z.strictObject({ opened: z.boolean() }),
  ),
  'shell.openDataFolder': command(nothing, z.strictObject({ ok: z.boolean() })),
  'shell.setTheme': command(
    z.strictObject({ theme: z.enum(['system', 'light', 'dark']) }),
    z.strictObject({ dark: z.boolean() }),
  ),
  'shell.setLanguage': command(
    z.strictObject({ language: z.enum(['system', 'zh-CN', 'zh-TW', 'en']) }),
    z.strictObject({ ok: z.literal(true) }),
  ),
  /** PDF of reports or of a brief, from the print page; progress comes as `job` events of main. */
  'shell.printReports': command(
    z.strictObject({
      file: fileToken,
      selection: reportSelection,
      language: z.enum(['zh-CN', 'zh-TW', 'en']),
      jobId: z.uuid(),
    }),
    z.strictObject({ pages: z.number().int(), reports: z.number().int() }),
  ),
  'shell.printBrief': command(
    z.strictObject({ file: fileToken, visitId: id(), language: z.enum(['zh-CN', 'zh-TW', 'en']) }),
    z.strictObject({ pages: z.number().int() }),
  ),
  'shell.printList': command(
    z.strictObject({
      file: fileToken,
      from: plainDate(),
      to: plainDate(),
      language: z.enum(['zh-CN', 'zh-TW', 'en']),
    }),
    z.strictObject({ pages: z.number().int() }),
  ),
  'shell.cancelPrint': command(
    z.strictObject({ jobId: z.uuid() }),
    z.strictObject({ cancelled: z.boolean() }),
  ),
  /** Asks for a fresh MessagePort to the data process; the former one is closed. */
  'shell.connect': command(nothing, z.strictObject({ ok: z.literal(true) })),
  /** The page tells that its first screen is usable. */
  'shell.ready': command(
    z.strictObject({ screen: z.string().max(40), customers: z.number().int().min(0).optional() }),
    z.strictObject({ ok: z.literal(true) }),
  ),
  /** A print page tells that it is laid out, or why it cannot be. */
  'shell.printReady': command(
    z.strictObject({ items: z.number().int(), error: z.enum(ERROR_CODES).optional() }),
    z.strictObject({ ok: z.literal(true) }),
  ),
} as const;

export type ShellContract = typeof shellContract;
export type ShellMethod = keyof ShellContract;
export type ShellInput<M extends ShellMethod> = InputOf<ShellContract[M]>;
export type ShellOutput<M extends ShellMethod> = OutputOf<ShellContract[M]>;

/** Events main sends to the page. */
export type ShellEvent =
  | { event: 'bookStatus'; status: BookStatus }
  | { event: 'printProgress'; jobId: string; done: number; total: number };

/** `shell.bookStatus` is `bookStatus` on the bridge. */
type BridgeName<M extends ShellMethod> = M extends `shell.${infer Name}` ? Name : never;
export type BridgeAnswer<T> = { ok: true; value: T } | { ok: false; error: WireError };

/** `window.visitbook`: all that preload exposes to the page. The MessagePort comes by a window message of this kind. */
export type VisitbookBridge = {
  [M in ShellMethod as BridgeName<M>]: (input: ShellInput<M>) => Promise<BridgeAnswer<ShellOutput<M>>>;
} & {
  /** Calls the listener for every event of main; answers the function that stops it. */
  onEvent(listener: (event: ShellEvent) => void): () => void;
};
export { PORT_MESSAGE, SHELL_EVENT } from './shell-channels.ts';
