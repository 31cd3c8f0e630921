import { AppError } from '#shared/contracts/errors.ts';
import type { WritableDb } from './connection.ts';
import { failPoint } from './fail-points.ts';
import { migrations } from './migrations/index.ts';
import type { Migration } from './migrations/migration.ts';

/** Schema version of this program. */
export const currentVersion = (steps: readonly Migration[] = migrations): number =>
  steps.at(-1)?.version ?? 0;

/** Schema version of the open database; 0 when it is new. */
export const databaseVersion = (db: WritableDb): number =>
  db.pragma('user_version', { simple: true }) as number;

/** Steps the database still needs. @throws from_the_future when it is newer than the program. */
export const pendingSteps = (
  db: WritableDb,
  steps: readonly Migration[] = migrations,
): readonly Migration[] => {
  const version = databaseVersion(db);
  if (version > currentVersion(steps))
    throw new AppError('from_the_future', { params: { database: version, program: currentVersion(steps) } });
  return steps.filter((step) => step.version > version);
};

/**
 * Brings the database to this program's schema, each step in a transaction of its own.
 * @returns the versions that were run. @throws from_the_future when the database is newer than the program.
 */
export const migrate = (db: WritableDb, steps: readonly Migration[] = migrations): number[] => {
  const pending = pendingSteps(db, steps);
  for (const step of pending) {
    db.exec('BEGIN IMMEDIATE');
    try {
      if (step.sql) db.exec(step.sql);
      step.run?.(db);
      db.pragma(`user_version = ${step.version}`);
      db.exec('COMMIT');
      failPoint('migrate.afterStep');
    } catch (error) {
      if (db.inTransaction) db.exec('ROLLBACK');
      throw error;
    }
  }
  return pending.map((step) => step.version);
};
