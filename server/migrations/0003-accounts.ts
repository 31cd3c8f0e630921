import type { ServerMigration } from './migration.ts';

/** What sign-in needs beyond accounts: when a refresh token was used, and attempts under names nobody has. */
export const accounts: ServerMigration = {
  version: 3,
  name: 'accounts',
  sql: `
-- the device has shown that it holds the token: the one before it is then a replay
ALTER TABLE refresh_token ADD COLUMN used_at timestamptz;

-- Wrong sign-ins under names nobody has, so that they lock like those of users. Names as keyed hashes.
CREATE TABLE stranger (
  name_hash text PRIMARY KEY,
  failed_logins integer NOT NULL DEFAULT 0,
  locked_until timestamptz,
  tried_at timestamptz NOT NULL
);
`,
};
