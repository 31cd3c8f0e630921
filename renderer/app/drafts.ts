import { useCallback, useEffect, useRef, useState } from 'react';
import { v7 as uuid } from 'uuid';
import { call } from './data-client.ts';
import { notifyError } from './notify.tsx';

const SAVE_AFTER_MS = 150;

/**
 * Something being typed that survives a kill: kept in the book a moment after each change, under `key`.
 * `value` is null until the kept draft (or `start`) is there.
 */
export const useDraft = <T>(key: string, start: T) => {
  const [value, setValue] = useState<T | null>(null);
  const [savedAt, setSavedAt] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const latest = useRef<T | null>(null);
  const dropped = useRef(false);

  const save = useCallback(async () => {
    timer.current = null;
    if (dropped.current || latest.current === null) return;
    try {
      const answer = await call('draft.put', { key, value: latest.current }, uuid());
      setSavedAt(answer.savedAt);
    } catch (error) {
      notifyError(error);
    }
  }, [key]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `start` only counts when the draft is opened
  useEffect(() => {
    dropped.current = false;
    let gone = false;
    void call('draft.get', { key }).then(
      (kept) => {
        if (gone) return;
        const first = kept.savedAt === null ? start : ({ ...start, ...(kept.value as T) } as T);
        latest.current = first;
        setValue(first);
        setSavedAt(kept.savedAt);
      },
      () => !gone && setValue(start),
    );
    return () => {
      gone = true;
      if (timer.current) {
        clearTimeout(timer.current);
        void save();
      }
    };
  }, [key]);

  const change = useCallback(
    (patch: Partial<T>) => {
      setValue((former) => {
        const next = { ...(former as T), ...patch };
        latest.current = next;
        return next;
      });
      // not started anew by each key: somebody who never pauses must not lose more than this
      timer.current ??= setTimeout(() => void save(), SAVE_AFTER_MS);
    },
    [save],
  );

  /** Forgets the draft: it became a record, or the user threw it away. */
  const drop = useCallback(async () => {
    dropped.current = true;
    if (timer.current) clearTimeout(timer.current);
    timer.current = null;
    await call('draft.drop', { key }, uuid());
  }, [key]);

  return { value, change, drop, savedAt };
};
