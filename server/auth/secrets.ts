import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { Sql } from '../store/database.ts';

/** A secret of all servers of one database, made by the first that asks. */
export const secretOf = async (sql: Sql, name: string): Promise<Buffer> => {
  const key = `secret:${name}`;
  await sql.query('INSERT INTO server_meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING', [
    key,
    randomBytes(32).toString('base64url'),
  ]);
  const [row] = await sql.query<{ value: string }>('SELECT value FROM server_meta WHERE key = $1', [key]);
  if (!row) throw new Error(`server_meta has no ${key}`);
  return Buffer.from(row.value, 'base64url');
};

/** What is stored of something random: a plain hash will do, because nobody can guess what was hashed. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

/** A one-time code as it is stored, however it was typed. */
export const hashCode = (code: string): string =>
  hashToken(code.normalize('NFKC').toUpperCase().replace(/[\s-]/g, ''));

/** What only the servers of this database can derive from `text`. */
export const derive = (secret: Buffer, purpose: string, text: string): string =>
  createHmac('sha256', secret).update(`${purpose}\0${text}`).digest('base64url');
