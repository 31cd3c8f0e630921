import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const appState = z.object({
  activeBook: z.enum(['main', 'demo']).nullable().default(null),
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  language: z.enum(['system', 'zh-CN', 'zh-TW', 'en']).default('system'),
  bounds: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }).optional(),
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
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      writeFileSync(`${path}.new`, JSON.stringify(current), { mode: 0o600 });
      renameSync(`${path}.new`, path);
    },
  };
};
export type AppStateStore = ReturnType<typeof createAppState>;
