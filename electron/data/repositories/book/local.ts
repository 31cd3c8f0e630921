import { AppError } from '#shared/contracts/errors.ts';
import { read } from '../../database/connection.ts';
import { defineFeature } from '../../feature.ts';
import { toJson } from '../../json.ts';

const LARGEST = 1_000_000;

const asText = (value: unknown): string => {
  const text = toJson(value);
  if (text.length > LARGEST) throw new AppError('too_large');
  return text;
};

/** What belongs to this device alone: settings and drafts, never synced; and the state of long works. */
export const local = defineFeature({
  queries: {
    'settings.get': (_input, { db }) => ({
      values: Object.fromEntries(
        read<{ key: string; value: string }>(db, 'SELECT key, value FROM setting')
          .all()
          .map((row) => [row.key, JSON.parse(row.value) as unknown]),
      ),
    }),
    'draft.get': ({ key }, { db }) => {
      const row = read<{ value: string; saved_at: string }>(
        db,
        'SELECT value, saved_at FROM draft WHERE key = ?',
      ).get(key);
      return row
        ? { value: JSON.parse(row.value) as unknown, savedAt: row.saved_at }
        : { value: null, savedAt: null };
    },
    'draft.list': (_input, { db }) => ({
      drafts: read<{ key: string; saved_at: string }>(
        db,
        'SELECT key, saved_at FROM draft ORDER BY saved_at DESC',
      )
        .all()
        .map((row) => ({ key: row.key, savedAt: row.saved_at })),
    }),
    'job.get': ({ id }, context) => {
      const job = context.jobs.get(id);
      if (!job) throw new AppError('not_found', { params: { entity: 'job' } });
      return job;
    },
  },
  effects: {
    'settings.set': ({ key, value }, { book, at, emit }) => {
      book.local.put('setting', key, asText(value), at);
      emit({ event: 'changed', changes: [{ entity: 'setting', ids: [key] }] });
      return { ok: true };
    },
    'draft.put': ({ key, value }, { book, at }) => {
      book.local.put('draft', key, asText(value), at);
      return { savedAt: at };
    },
    'draft.drop': ({ key }, { book, at }) => {
      book.local.put('draft', key, null, at);
      return { ok: true };
    },
    'job.cancel': ({ id }, { jobs }) => ({ cancelled: jobs.cancel(id) }),
  },
});
