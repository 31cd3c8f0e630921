import { z } from 'zod';
import { wireError } from './errors.ts';

/** A request over the MessagePort. `input` is parsed by the contract of its method, nothing else is trusted. */
export const requestEnvelope = z.strictObject({
  id: z.number().int().min(0),
  method: z.string().max(80),
  commandId: z.uuid().optional(),
  input: z.unknown(),
});
export type RequestEnvelope = z.infer<typeof requestEnvelope>;

export type ResponseEnvelope =
  | { id: number; ok: true; value: unknown }
  | { id: number; ok: false; error: z.infer<typeof wireError> };

/** Sent after each commit: what changed, so that caches refetch. `ids` is absent when too many to list. */
export interface ChangedEvent {
  event: 'changed';
  changes: { entity: string; ids?: string[] }[];
}

/** State of a long work. `done` of `total` in `unit`s; total is null while unknown. */
export const jobState = z.strictObject({
  id: z.uuid(),
  kind: z.enum(['import', 'undoImport', 'export', 'demo', 'backup', 'reindex', 'attach']),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  phase: z.string(),
  done: z.number().int(),
  total: z.number().int().nullable(),
  result: z.unknown().optional(),
  error: wireError.optional(),
});
export type JobState = z.infer<typeof jobState>;
export interface JobEvent {
  event: 'job';
  job: JobState;
}

/** Something the user should know, by locale key. */
export interface NoticeEvent {
  event: 'notice';
  level: 'info' | 'warning' | 'error';
  key: string;
  params?: Record<string, string | number>;
}

export type DataEvent = ChangedEvent | JobEvent | NoticeEvent;
