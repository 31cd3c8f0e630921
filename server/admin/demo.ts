import { formatISO } from 'date-fns';
import { v4 as randomId, v5 as uuidOf } from 'uuid';
import { demoBook } from '#shared/demo/book.ts';
import { createContext } from '#shared/demo/context.ts';
import { wordsOf } from '#shared/demo/words/index.ts';
import type { UserRole } from '#shared/domain/entities/team.ts';
import type { Change } from '#shared/sync/mutation.ts';
import { Fault } from '../http/fault.ts';
import { assign } from '../store/assignments.ts';
import type { Sql } from '../store/database.ts';
import { type ServerWrite, writeRecords } from '../store/write.ts';
import { type AdminContext, instantOf, noteEvent } from './context.ts';
import { TEAMS } from './demo-staff.ts';
import { addUser } from './users.ts';

/** Everybody's password in the demo bank, and nowhere else. */
export const DEMO_PASSWORD = 'visitbook-demo';
const NAMESPACE = '5f0d5a4e-3f0e-4a53-8d3b-0c6c1f6a2d10';
const ZONE = 'Asia/Shanghai';
const CUSTOMERS = 2_000;

export interface DemoBank {
  password: string;
  users: { username: string; name: string; role: UserRole; book: string | null; customers: number }[];
  customers: number;
  records: number;
}

const demoId = (...place: (string | number)[]): string => uuidOf(place.join('\n'), NAMESPACE);

/** The changes of a book brought together into one write per record. */
const writesOf = (changes: readonly Change[], ownerId: string): ServerWrite[] => {
  const writes = new Map<string, ServerWrite>();
  for (const { entity, id, fields } of changes) {
    const known = writes.get(id);
    writes.set(id, { entity, id, ownerId, fields: { ...known?.fields, ...fields } });
  }
  return [...writes.values()];
};

const refuseUnlessEmpty = async (sql: Sql): Promise<void> => {
  const [used] = await sql.query('SELECT 1 FROM account UNION ALL SELECT 1 FROM book LIMIT 1');
  if (used)
    throw new Fault('conflict', {
      detail: 'the database is not empty: the demo bank is made in a new folder or database only',
    });
};

/**
 * Makes the demo bank: three teams, each a book, with twelve managers, three leaders, an administrator, an auditor and two
 * thousand customers, all in one transaction. The same day gives the same bank.
 * @throws Fault conflict when the database is not empty
 */
export const seedDemo = async (
  context: AdminContext,
  { today = formatISO((context.now ?? Date.now)(), { representation: 'date' }) }: { today?: string } = {},
): Promise<DemoBank> => {
  const passwordHash = await context.secrets.hashPassword(DEMO_PASSWORD);
  const { db, clock } = context;
  return db.transaction(async (sql) => {
    await refuseUnlessEmpty(sql);
    const bank: DemoBank = { password: DEMO_PASSWORD, users: [], customers: 0, records: 0 };
    const at = instantOf(context);
    const join = async (username: string, name: string, role: UserRole, book?: string): Promise<string> => {
      const id = demoId('user', username);
      await addUser(sql, context, { id, username, name, role, passwordHash, ...(book && { book }) });
      bank.users.push({ username, name, role, book: book ?? null, customers: 0 });
      return id;
    };
    await join('admin', '管理员', 'administrator');
    const managers = TEAMS.flatMap((team) => team.managers);
    let offset = 0;
    for (const team of TEAMS) {
      const bookId = demoId('book', team.name);
      await sql.query('INSERT INTO book (id, name, epoch) VALUES ($1, $2, $3)', [
        bookId,
        team.name,
        randomId(),
      ]);
      await join(team.leader.username, team.leader.name, 'leader', team.name);
      if (team.auditor) await join(team.auditor.username, team.auditor.name, 'auditor', team.name);
      for (const manager of team.managers) {
        const accountId = await join(manager.username, manager.name, 'manager', team.name);
        const place = managers.indexOf(manager);
        const customers =
          Math.floor(CUSTOMERS / managers.length) + (place < CUSTOMERS % managers.length ? 1 : 0);
        const words = wordsOf('zh-CN');
        const part = createContext(
          'zh-CN',
          { ...words, work: { ...words.work, manager: manager.name } },
          today,
          ZONE,
          { customers, offset, id: (...path) => demoId(manager.username, ...path) },
        );
        const changes = [...demoBook(part)].flatMap((chunk) => chunk.changes);
        bank.records += await writeRecords(sql, bookId, writesOf(changes, accountId), clock);
        const wanted = changes
          .filter(({ entity, op }) => entity === 'customer' && op === 'create')
          .map(({ id }) => ({ customerId: id, accountId, role: 'owner' as const }));
        await assign(sql, bookId, wanted, { clock, at });
        const user = bank.users.at(-1);
        if (user) user.customers = wanted.length;
        bank.customers += wanted.length;
        offset += Math.ceil(customers / 10) * 10;
      }
    }
    await noteEvent(sql, context, 'seed-demo', 'demo bank', { customers: bank.customers });
    return bank;
  });
};
