import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeAtomically } from '../security/write-atomically.ts';

const appState = z.object({
  activeBook: z.enum(['main', 'demo']).nullable().default(null),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  language: z.enum(['system', 'zh-CN', 'zh-TW', 'en']).default('system'),
  bounds: z
    .object({ x: z.number().int(), y: z.number().int(), width: z.number().int(), height: z.number().int() })
    .optional(),
  maximized: z.boolean().default(false),
});
export type AppState = z.infer<typeof appState>;

/** What the program itself remembers: no business data. A damaged file counts as none. */
export const createAppState = (folder: string) => {
  const path = join(folder, 'state.json');
  const load = (): AppState => {
    try {
      return appState.parse(JSON.parse(readFileSync(path, 'utf8')));
    } catch {
      return appState.parse({});
    }
  };
  let current = load();
  return {
    get: (): AppState => current,
    set(change: Partial<AppState>): void {
      current = { ...current, ...change };
      writeAtomically(path, `${JSON.stringify(current)}\n`);
    },
  };
};
export type AppStateStore = ReturnType<typeof createAppState>;
