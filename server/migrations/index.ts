import { initial } from './0001-initial.ts';
import { attachments } from './0002-attachments.ts';
import { accounts } from './0003-accounts.ts';
import { tokenFamilies } from './0004-token-families.ts';
import type { ServerMigration } from './migration.ts';

/** Every step, in order of version. */
export const migrations: readonly ServerMigration[] = [initial, attachments, accounts, tokenFamilies];
