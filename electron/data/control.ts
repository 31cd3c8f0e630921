import { z } from 'zod';

/** Messages of main to the data process. A `port` message carries a transferred MessagePort. */
export const toData = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('open'),
    folder: z.string(),
    key: z.instanceof(Uint8Array),
    demo: z.boolean(),
    appVersion: z.string(),
    nativeBinding: z.string().optional(),
  }),
  z.object({ kind: z.literal('port'), pageId: z.number().int() }),
  z.object({ kind: z.literal('restore'), name: z.string() }),
  z.object({ kind: z.literal('listBackups'), folder: z.string(), key: z.instanceof(Uint8Array) }),
  z.object({ kind: z.literal('close') }),
  z.object({
    kind: z.literal('resolved'),
    requestId: z.number().int(),
    ok: z.boolean(),
    path: z.string().optional(),
    name: z.string().optional(),
  }),
]);
export type ToData = z.infer<typeof toData>;

const backup = z.object({ name: z.string(), at: z.string(), bytes: z.number() });
const params = z.record(z.string(), z.union([z.string(), z.number()]));

/** Messages of the data process to main. */
export const fromData = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('opened'), recovery: z.object({ key: z.string(), params }).nullable() }),
  z.object({ kind: z.literal('openFailed'), code: z.string(), params, backups: z.array(backup) }),
  z.object({ kind: z.literal('backups'), backups: z.array(backup) }),
  z.object({ kind: z.literal('resolve'), requestId: z.number().int(), token: z.string() }),
  z.object({ kind: z.literal('closed') }),
  /** This device was cut off: the book is to be removed. */
  z.object({ kind: z.literal('revoked') }),
  z.object({ kind: z.literal('log'), level: z.enum(['info', 'warn', 'error']), text: z.string() }),
]);
export type FromData = z.infer<typeof fromData>;
