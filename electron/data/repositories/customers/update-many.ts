import { AppError } from '#shared/contracts/errors.ts';
import type { Parsed } from '#shared/contracts/registry.ts';
import type { Change } from '#shared/sync/mutation.ts';
import { type ReadableDb, read } from '../../database/connection.ts';

type Input = Parsed<'customer.updateMany'>;

const MAX_TAGS = 50;

const tagsAfter = (current: readonly string[], input: Input): string[] => {
  const tags = [...new Set([...current, ...input.addTags])].filter((tag) => !input.removeTags.includes(tag));
  if (tags.length > MAX_TAGS)
    throw new AppError('invalid_input', {
      fields: [{ path: 'addTags', rule: 'validation.tooBig', params: { maximum: MAX_TAGS } }],
    });
  return tags;
};

/** The same change for many customers; ids of nobody are left out. */
export const updateManyChanges = (db: ReadableDb, input: Input): Change[] => {
  const set = Object.fromEntries(Object.entries(input.set).filter(([, value]) => value !== undefined));
  const retag = input.addTags.length > 0 || input.removeTags.length > 0;
  return read<{ id: string; tags: string | null }>(
    db,
    `SELECT c.id, c.tags FROM json_each(?) j JOIN customer c ON c.id = j.value AND c.deleted = 0`,
  )
    .all(JSON.stringify([...new Set(input.ids)]))
    .map(({ id, tags }) => ({
      entity: 'customer',
      op: 'update',
      id,
      fields: { ...set, ...(retag && { tags: tagsAfter(JSON.parse(tags ?? '[]') as string[], input) }) },
    }));
};
