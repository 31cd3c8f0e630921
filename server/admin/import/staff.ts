import type { UserRole } from '#shared/domain/entities/team.ts';
import { Fault } from '../../http/fault.ts';
import type { Sql } from '../../store/database.ts';
import { findBook } from '../books.ts';
import type { AdminContext } from '../context.ts';
import { type Account, addEnrollCode, addUser, changeUser, findUser } from '../users.ts';
import type { ImportReport } from './report.ts';
import { type Importer, reject } from './run.ts';

export interface StaffImport {
  /** Book of those whose row names none. */
  book?: string;
  /** Makes a one-time code for everybody new. */
  codes: boolean;
}

const CODE_HOURS = 72;

const knownUser = async (sql: Sql, username: string): Promise<Account | null> => {
  const [row] = await sql.query('SELECT 1 FROM account WHERE lower(username) = lower($1)', [username]);
  return row ? findUser(sql, username) : null;
};

/** Users by their user name: new ones are added, names and roles of others brought up to date. */
export const staffImporter = (context: AdminContext, { book: common, codes }: StaffImport): Importer => ({
  kind: 'staff',
  keyOf: ({ fields }) => String(fields.username).toLowerCase(),
  async apply(sql, rows, report: ImportReport) {
    for (const row of rows) {
      const { username, name, role } = row.fields as { username: string; name: string; role: UserRole };
      const book = role === 'administrator' ? undefined : ((row.fields.book as string | null) ?? common);
      try {
        const known = await knownUser(sql, username);
        if (known) {
          const bookId = book === undefined ? null : (await findBook(sql, book)).id;
          if (bookId !== known.bookId) reject(report, row, 'book', 'the user works in another book');
          else if (await changeUser(sql, context, known, { name, role })) report.changed += 1;
          continue;
        }
        const account = await addUser(sql, context, {
          username,
          name,
          role,
          ...(book !== undefined && { book }),
        });
        report.changed += 1;
        if (codes) {
          const code = await addEnrollCode(sql, context, account, CODE_HOURS);
          report.codes = [...(report.codes ?? []), { username, ...code }];
        }
      } catch (error) {
        if (!(error instanceof Fault)) throw error;
        reject(report, row, 'book', error.message);
      }
    }
  },
});
