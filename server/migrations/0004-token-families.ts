import type { ServerMigration } from './migration.ts';

/** Refresh tokens know their place in the chain that began with a sign-in. Older ones end: their users sign in again. */
export const tokenFamilies: ServerMigration = {
  version: 4,
  name: 'token-families',
  sql: `
DELETE FROM refresh_token;
ALTER TABLE refresh_token ADD COLUMN family text NOT NULL;
ALTER TABLE refresh_token ADD COLUMN generation integer NOT NULL;
CREATE UNIQUE INDEX refresh_token_by_family ON refresh_token (family, generation)
`,
};
