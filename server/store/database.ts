/** Asks the database; rows as plain objects, bigint columns as numbers, timestamps as ISO text with milliseconds. */
export interface Sql {
  query<Row = Record<string, unknown>>(text: string, parameters?: readonly unknown[]): Promise<Row[]>;
}

/** A PostgreSQL, whichever: a server of its own or the one inside this process. */
export interface Database extends Sql {
  readonly kind: 'postgres' | 'pglite';
  /** Runs `work` in one transaction; an error of it rolls everything back. */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /** Runs several statements without parameters. */
  script(text: string): Promise<void>;
  close(): Promise<void>;
}

/** bigint (int8) comes as a number: sequence numbers stay far below 2^53. */
export const INT8_OID = 20;
export const TIMESTAMPTZ_OID = 1184;
export const asInstant = (value: string): string => new Date(value).toISOString();
