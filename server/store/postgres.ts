import pg from 'pg';
import { asInstant, type Database, INT8_OID, type Sql, TIMESTAMPTZ_OID } from './database.ts';

const sqlOf = (asker: pg.Pool | pg.PoolClient): Sql => ({
  async query<Row>(text: string, parameters: readonly unknown[] = []) {
    const { rows } = await asker.query(text, [...parameters]);
    return rows as Row[];
  },
});

const parsers = new Map<number, (value: string) => unknown>([
  [INT8_OID, Number],
  [TIMESTAMPTZ_OID, asInstant],
]);
const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    parsers.get(oid) ?? pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};

/** A PostgreSQL server. Connections are kept in a pool; one that breaks is replaced. */
export const openPostgres = (
  url: string,
  {
    connections = 10,
    onError = () => undefined,
  }: { connections?: number; onError?(error: Error): void } = {},
): Database => {
  const pool = new pg.Pool({ connectionString: url, max: connections, types });
  pool.on('error', onError);
  return {
    kind: 'postgres',
    ...sqlOf(pool),
    async transaction(work) {
      const client = await pool.connect();
      let broken: Error | undefined;
      try {
        await client.query('BEGIN');
        const result = await work(sqlOf(client));
        await client.query('COMMIT');
        return result;
      } catch (error) {
        await client.query('ROLLBACK').catch((failure: Error) => {
          broken = failure;
        });
        throw error;
      } finally {
        client.release(broken);
      }
    },
    async script(text) {
      await pool.query(text);
    },
    close: () => pool.end(),
  };
};
