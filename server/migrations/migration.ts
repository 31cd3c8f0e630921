/** One step of the server's schema. Expand, migrate, contract: a step must leave the program before it working. */
export interface ServerMigration {
  version: number;
  name: string;
  sql: string;
}
