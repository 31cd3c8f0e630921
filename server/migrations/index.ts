import { initial } from './0001-initial.ts';
import type { ServerMigration } from './migration.ts';

/** Every step, in order of version. */
export const migrations: readonly ServerMigration[] = [initial];
