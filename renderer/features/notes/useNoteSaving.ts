import { useCallback, useEffect, useRef, useState } from 'react';
import { v7 as uuid } from 'uuid';
import { call } from '../../app/data-client.ts';
import { errorText } from '../../app/notify.tsx';

const DRAFT_AFTER_MS = 120;
const SAVE_AFTER_MS = 1_500;

/**
 * Keeps a note while it is typed: a draft a moment after each key (it survives a kill), the note itself when the hands
 * rest, and both at once when the screen is left. Leaving also turns promise and next-step lines into records.
 */
export const useNoteSaving = (id: string, first: string) => {
  const [state, setState] = useState<'saved' | 'typing' | string>('saved');
  const text = useRef(first);
  const stored = useRef(first);
  const draftTimer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const saveTimer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const key = `note:${id}`;

  const save = useCallback(async (): Promise<void> => {
    if (saveTimer.current) clearTimeout(saveTimer.current);
    saveTimer.current = null;
    const body = text.current;
    if (body === stored.current) return;
    try {
      await call('note.update', { id, fields: { body } }, uuid());
      stored.current = body;
      if (text.current === body) {
        if (draftTimer.current) clearTimeout(draftTimer.current);
        draftTimer.current = null;
        await call('draft.drop', { key }, uuid());
        setState('saved');
      }
    } catch (error) {
      setState(errorText(error));
    }
  }, [id, key]);

  const extract = useCallback(async (): Promise<number> => {
    await save();
    const { extracts } = await call('note.extract', { id }, uuid());
    return extracts.length;
  }, [id, save]);

  const change = useCallback(
    (next: string): void => {
      text.current = next;
      setState('typing');
      // not started anew by each key: somebody who never pauses must not lose more than this
      draftTimer.current ??= setTimeout(() => {
        draftTimer.current = null;
        call('draft.put', { key, value: text.current }, uuid()).catch((error: unknown) =>
          setState(errorText(error)),
        );
      }, DRAFT_AFTER_MS);
      if (saveTimer.current) clearTimeout(saveTimer.current);
      saveTimer.current = setTimeout(() => void save(), SAVE_AFTER_MS);
    },
    [key, save],
  );

  useEffect(
    () => () => {
      // the screen is gone: a failure shows as the draft that is still there
      void extract().catch(() => undefined);
    },
    [extract],
  );
  return { state, change, save, extract };
};
