import { z } from 'zod';
import { id } from '../domain/fields.ts';

export const byId = z.strictObject({ id: id() });
export const ids = (max = 50_000) => z.array(id()).max(max);
export const nothing = z.strictObject({});
/** Every change answers with its command id: what an undo needs. */
export const receipt = z.strictObject({ commandId: z.uuid(), id: z.uuid().nullable() });
export type Receipt = z.infer<typeof receipt>;
export const page = {
  offset: z.number().int().min(0).max(10_000_000).default(0),
  limit: z.number().int().min(1).max(1_000).default(100),
};
/** A file the user chose in a dialog of main; the path itself never reaches the page. */
export const fileToken = z.string().regex(/^[A-Za-z0-9_-]{22,64}$/);
export const jobStarted = z.strictObject({ jobId: z.uuid() });
/** How a record is named in a line: what it is, its id and its words. */
export const recordLink = z.strictObject({ entity: z.string(), id: z.uuid(), label: z.string() });
export type RecordLink = z.infer<typeof recordLink>;
