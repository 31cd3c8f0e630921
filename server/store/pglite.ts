import { PGlite } from '@electric-sql/pglite';
import { asInstant, type Database, INT8_OID, type Sql, TIMESTAMPTZ_OID } from './database.ts';

type Asker = Pick<PGlite, 'query'>;

const sqlOf = (asker: Asker): Sql => ({
  async query<Row>(text: string, parameters: readonly unknown[] = []) {
    const { rows } = await asker.query<Row>(text, [...parameters]);
    return rows;
  },
});

/** The PostgreSQL inside this process, in a folder; without one it lives in memory. */
export const openPglite = async (folder?: string): Promise<Database> => {
  const db = await PGlite.create({
    ...(folder !== undefined && { dataDir: folder }),
    parsers: { [INT8_OID]: Number, [TIMESTAMPTZ_OID]: asInstant },
  });
  return {
    kind: 'pglite',
    ...sqlOf(db),
    transaction: (work) => db.transaction((tx) => work(sqlOf(tx as unknown as Asker))),
    script: async (text) => void (await db.exec(text)),
    close: () => db.close(),
  };
};
