import { randomInt } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import type { UserRole } from '#shared/domain/entities/team.ts';
import { Fault } from '../http/fault.ts';
import type { Sql } from '../store/database.ts';
import { writeRecords } from '../store/write.ts';
import { findBook } from './books.ts';
import { type AdminContext, instantOf, noteEvent, theOne } from './context.ts';

export interface Account {
  id: string;
  username: string;
  name: string;
  role: UserRole;
  active: boolean;
  bookId: string | null;
}

const COLUMNS = 'id, username, name, role, active, book_id AS "bookId"';

/** An account by its user name, however it is capitalised. @throws Fault not_found */
export const findUser = async (sql: Sql, username: string): Promise<Account> =>
  theOne(
    await sql.query<Account>(`SELECT ${COLUMNS} FROM account WHERE lower(username) = lower($1)`, [username]),
    `user "${username}": list-users shows them all`,
  );

/** Everybody, or the users of one book. */
export const listUsers = async (
  { db }: AdminContext,
  { book }: { book?: string },
): Promise<(Account & { book: string | null; hasPassword: boolean })[]> => {
  const bookId = book === undefined ? null : (await findBook(db, book)).id;
  return db.query(
    `SELECT a.id, a.username, a.name, a.role, a.active, a.book_id AS "bookId", b.name AS book,
       a.password_hash IS NOT NULL AS "hasPassword"
     FROM account a LEFT JOIN book b ON b.id = a.book_id
     WHERE $1::uuid IS NULL OR a.book_id = $1 ORDER BY b.name NULLS FIRST, a.username`,
    [bookId],
  );
};

/** Tells the laptops of the book who their colleagues are. */
const publish = async (sql: Sql, context: AdminContext, account: Account): Promise<void> => {
  if (account.bookId === null) return;
  const { username, name, role, active } = account;
  const [known] = await sql.query(`SELECT 1 FROM record WHERE book_id = $1 AND entity = 'user' AND id = $2`, [
    account.bookId,
    account.id,
  ]);
  const fields = { username, name, role, active, ...(!known && { createdAt: instantOf(context) }) };
  await writeRecords(sql, account.bookId, [{ entity: 'user', id: account.id, fields }], context.clock);
};

export interface NewUser {
  username: string;
  name: string;
  role: UserRole;
  /** Every role works in a book but the administrator, who works in none. */
  book?: string;
}

const checkBook = ({ role, book }: Pick<NewUser, 'role' | 'book'>): void => {
  if (role === 'administrator' && book !== undefined)
    throw new Fault('invalid', { detail: 'an administrator works in no book: leave book out' });
  if (role !== 'administrator' && book === undefined)
    throw new Fault('invalid', { detail: `book: a ${role} works in a book; give its name` });
};

/** A new user in a transaction of the caller; without a password nobody can sign in yet. @throws Fault conflict */
export const addUser = async (
  sql: Sql,
  context: AdminContext,
  user: NewUser & { passwordHash?: string; id?: string },
): Promise<Account> => {
  checkBook(user);
  const { username, name, role } = user;
  if ((await sql.query('SELECT 1 FROM account WHERE lower(username) = lower($1)', [username])).length > 0)
    throw new Fault('conflict', { detail: `a user "${username}" is there already` });
  const bookId = user.book === undefined ? null : (await findBook(sql, user.book)).id;
  const account: Account = { id: user.id ?? uuid(), username, name, role, active: true, bookId };
  await sql.query(
    'INSERT INTO account (id, book_id, username, name, role, password_hash) VALUES ($1, $2, $3, $4, $5, $6)',
    [account.id, bookId, username, name, role, user.passwordHash ?? null],
  );
  await publish(sql, context, account);
  return account;
};

/** A new user. @throws Fault conflict, not_found, invalid */
export const createUser = async (
  context: AdminContext,
  { password, ...user }: NewUser & { password?: string },
): Promise<Account> => {
  const passwordHash = password === undefined ? undefined : await context.secrets.hashPassword(password);
  return context.db.transaction(async (sql) => {
    const account = await addUser(sql, context, { ...user, ...(passwordHash && { passwordHash }) });
    await noteEvent(sql, context, 'create-user', account.username, { role: account.role });
    return account;
  });
};

/** Changes name or role in a transaction of the caller; answers whether something changed. */
export const changeUser = async (
  sql: Sql,
  context: AdminContext,
  account: Account,
  change: Partial<Pick<Account, 'name' | 'role' | 'active'>>,
): Promise<boolean> => {
  const next = { ...account, ...change };
  if (next.name === account.name && next.role === account.role && next.active === account.active)
    return false;
  if ((next.role === 'administrator') !== (next.bookId === null))
    throw new Fault('invalid', { detail: 'role: an administrator works in no book, everybody else in one' });
  await sql.query('UPDATE account SET name = $2, role = $3, active = $4 WHERE id = $1', [
    account.id,
    next.name,
    next.role,
    next.active,
  ]);
  await publish(sql, context, next);
  return true;
};

/** Sets a password and lifts a lock. */
export const setPassword = async (
  context: AdminContext,
  { username, password }: { username: string; password: string },
): Promise<{ username: string }> => {
  const hash = await context.secrets.hashPassword(password);
  return context.db.transaction(async (sql) => {
    const account = await findUser(sql, username);
    await sql.query(
      'UPDATE account SET password_hash = $2, failed_logins = 0, locked_until = NULL WHERE id = $1',
      [account.id, hash],
    );
    await noteEvent(sql, context, 'set-password', account.username);
    return { username: account.username };
  });
};

/** Without signs that are mistaken for others when they are read aloud. */
const SIGNS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789';
const newCode = (): string =>
  Array.from({ length: 4 }, () =>
    Array.from({ length: 4 }, () => SIGNS[randomInt(SIGNS.length)]).join(''),
  ).join('-');

/** Makes a code with which one device is enrolled once; in a transaction of the caller. */
export const addEnrollCode = async (
  sql: Sql,
  context: AdminContext,
  account: Pick<Account, 'id'>,
  hours: number,
): Promise<{ code: string; expiresAt: string }> => {
  const code = newCode();
  const expiresAt = new Date((context.now ?? Date.now)() + hours * 3_600_000).toISOString();
  await sql.query('INSERT INTO enroll_code (code_hash, account_id, expires_at) VALUES ($1, $2, $3)', [
    context.secrets.hashCode(code),
    account.id,
    expiresAt,
  ]);
  return { code, expiresAt };
};

/** A one-time code for a user; it is shown once and kept as a hash. */
export const createEnrollCode = (
  context: AdminContext,
  { username, hours }: { username: string; hours: number },
): Promise<{ username: string; code: string; expiresAt: string }> =>
  context.db.transaction(async (sql) => {
    const account = await findUser(sql, username);
    if (!account.active)
      throw new Fault('user_disabled', { detail: `${account.username}: enable-user first` });
    const made = await addEnrollCode(sql, context, account, hours);
    await noteEvent(sql, context, 'enroll-code', account.username, { hours });
    return { username: account.username, ...made };
  });

/** Lets a user in or keeps one out; every device of one who is out is told to purge itself. */
export const setActive = (
  context: AdminContext,
  { username, active }: { username: string; active: boolean },
): Promise<Account> =>
  context.db.transaction(async (sql) => {
    const account = await findUser(sql, username);
    if (await changeUser(sql, context, account, { active }))
      await noteEvent(sql, context, active ? 'enable-user' : 'disable-user', account.username);
    return { ...account, active };
  });

/** Cuts a device off; its next contact hands over what it still holds and purges it. */
export const revokeDevice = (
  context: AdminContext,
  { device }: { device: string },
): Promise<{ deviceId: string; username: string; name: string }> =>
  context.db.transaction(async (sql) => {
    const found = theOne(
      await sql.query<{ deviceId: string; username: string; name: string }>(
        `SELECT d.id AS "deviceId", d.name, a.username FROM device d JOIN account a ON a.id = d.account_id
         WHERE d.id::text = $1`,
        [device],
      ),
      `device ${device}: health shows the ids`,
    );
    await sql.query('UPDATE device SET revoked_at = coalesce(revoked_at, now()) WHERE id = $1', [
      found.deviceId,
    ]);
    await noteEvent(sql, context, 'revoke-device', found.deviceId, { username: found.username });
    return found;
  });
