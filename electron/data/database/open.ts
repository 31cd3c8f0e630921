import Database from 'better-sqlite3';
import type { WritableDb } from './connection.ts';

export interface OpenOptions {
  file: string;
  /** 32 random bytes. */
  key: Uint8Array;
  /** A SQLite binding other than the packaged one (docs/adr/0002-electron-runtime.md). */
  nativeBinding?: string | undefined;
}

/** Opens the encrypted database: cipher, key, a first read that proves the key, then the other pragmas. */
export const openDatabase = (options: OpenOptions): WritableDb => {
  const db = new Database(
    options.file,
    options.nativeBinding ? { nativeBinding: options.nativeBinding } : {},
  ) as unknown as WritableDb;
  try {
    db.pragma("cipher = 'sqlcipher'");
    db.pragma(`key = "x'${Buffer.from(options.key).toString('hex')}'"`);
    db.pragma('user_version');
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    db.pragma('temp_store = MEMORY');
    db.pragma('secure_delete = ON');
    // Every page read anew is decrypted and verified; 64 MiB hold what lists of 50,000 customers go through.
    db.pragma('cache_size = -65536');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
};
