import { createHash } from 'node:crypto';
import { onTestFinished } from 'vitest';
import type { AdminContext } from '../../server/admin/context.ts';
import { createServerClock } from '../../server/store/clock.ts';
import type { Database } from '../../server/store/database.ts';
import { migrate } from '../../server/store/migrate.ts';
import { openPglite } from '../../server/store/pglite.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Services of the administration on an empty database in memory, or on the one given. Passwords are hashed in no time. */
export const openAdmin = async (db?: Database): Promise<AdminContext & { db: Database }> => {
  const opened = db ?? (await openPglite());
  onTestFinished(() => opened.close());
  await migrate(opened);
  return {
    db: opened,
    clock: createServerClock(),
    actor: 'test',
    secrets: { hashPassword: async (password) => sha256(password), hashCode: sha256 },
  };
};
