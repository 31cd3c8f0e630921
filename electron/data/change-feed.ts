import type { ChangedEvent, DataEvent } from '#shared/contracts/envelope.ts';
import type { Mutation } from '#shared/sync/mutation.ts';

const MOST_IDS = 500;

/** Tells pages what changed, once per turn of the loop however many commits there were. */
export const createChangeFeed = (emit: (event: DataEvent) => void) => {
  let pending = new Map<string, Set<string>>();
  let scheduled = false;
  const flush = (): void => {
    scheduled = false;
    const changes: ChangedEvent['changes'] = [...pending].map(([entity, ids]) =>
      ids.size > MOST_IDS ? { entity } : { entity, ids: [...ids] },
    );
    pending = new Map();
    if (changes.length > 0) emit({ event: 'changed', changes });
  };
  return {
    add(mutations: readonly Mutation[]): void {
      for (const { entity, id } of mutations) {
        const ids = pending.get(entity) ?? new Set();
        pending.set(entity, ids.add(id));
      }
      if (scheduled || pending.size === 0) return;
      scheduled = true;
      setImmediate(flush);
    },
  };
};
