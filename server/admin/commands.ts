import { z } from 'zod';
import { USER_ROLES } from '#shared/domain/entities/team.ts';
import { rotateSigningKey } from '../auth/access.ts';
import { createBook, findBook, listBooks, newEpoch } from './books.ts';
import { type AdminContext, noteEvent } from './context.ts';
import { assignCustomers, reassignAll, unassignCustomers } from './customers.ts';
import { syncHealth } from './health.ts';
import type { ImportKind } from './import/columns.ts';
import { customerImporter } from './import/customers.ts';
import { factImporter } from './import/facts.ts';
import type { ImportReport } from './import/report.ts';
import { type ImportOptions, runImport } from './import/run.ts';
import type { Source } from './import/source.ts';
import { staffImporter } from './import/staff.ts';
import { prune } from './prune.ts';
import { createEnrollCode, createUser, listUsers, revokeDevice, setActive, setPassword } from './users.ts';

/** One thing an administrator can do: the same on the command line, over HTTP and in the OpenAPI document. */
export interface Command<Input extends z.ZodObject = z.ZodObject> {
  summary: string;
  input: Input;
  run(context: AdminContext, input: z.output<Input>): Promise<unknown>;
}

/** One that reads a file besides. */
export interface FileCommand<Input extends z.ZodObject = z.ZodObject> extends Omit<Command<Input>, 'run'> {
  run(
    context: AdminContext,
    input: z.output<Input>,
    source: Source,
    onProgress?: ImportOptions['onProgress'],
  ): Promise<ImportReport>;
}

const command = <Input extends z.ZodObject>(one: Command<Input>): Command => one as unknown as Command;
const fileCommand = <Input extends z.ZodObject>(one: FileCommand<Input>): FileCommand =>
  one as unknown as FileCommand;

const book = z.string().min(1).max(200).describe('Name or id of a book');
const anyBook = book.optional().describe('Name or id of a book; all books without it');
const username = z.string().trim().min(1).max(80).describe('User name to sign in with');
const password = z.string().min(10).max(400).describe('At least 10 signs');
const customers = z
  .array(z.string().min(1).max(60))
  .min(1)
  .max(10_000)
  .describe("The bank's customer numbers");
const hours = z.coerce
  .number()
  .int()
  .min(1)
  .max(720)
  .default(72)
  .describe('Hours a one-time code is good for');

export const commands: Record<string, Command> = {
  'create-book': command({
    summary: 'Create a book: the customers of one team',
    input: z.strictObject({ name: z.string().trim().min(1).max(200).describe('Name of the team') }),
    run: createBook,
  }),
  'list-books': command({
    summary: 'List the books with their size',
    input: z.strictObject({}),
    run: listBooks,
  }),
  'create-user': command({
    summary: 'Create a user',
    input: z.strictObject({
      username,
      name: z.string().trim().min(1).max(120).describe("The person's name, as colleagues see it"),
      role: z.enum(USER_ROLES).describe('What the user may do'),
      book: book.optional().describe('Book the user works in; none for an administrator'),
      password: password.optional(),
    }),
    run: createUser,
  }),
  'list-users': command({
    summary: 'List the users',
    input: z.strictObject({ book: anyBook }),
    run: listUsers,
  }),
  'set-password': command({
    summary: 'Set a password and lift a lock',
    input: z.strictObject({ username, password }),
    run: setPassword,
  }),
  'enroll-code': command({
    summary: 'Make a one-time code with which a user enrols one device',
    input: z.strictObject({ username, hours }),
    run: createEnrollCode,
  }),
  'disable-user': command({
    summary: 'Keep a user out; the devices purge themselves at their next contact',
    input: z.strictObject({ username }),
    run: (context, { username }) => setActive(context, { username, active: false }),
  }),
  'enable-user': command({
    summary: 'Let a user in again',
    input: z.strictObject({ username }),
    run: (context, { username }) => setActive(context, { username, active: true }),
  }),
  'revoke-device': command({
    summary: 'Cut a device off; it hands over what it still holds and purges itself',
    input: z.strictObject({ device: z.uuid().describe('Id of the device, as health shows it') }),
    run: revokeDevice,
  }),
  health: command({
    summary: 'Show who synced when, what waits, how far behind each device is and what lies in quarantine',
    input: z.strictObject({ book: anyBook }),
    run: syncHealth,
  }),
  assign: command({
    summary: 'Give customers to a user; an owner before loses them',
    input: z.strictObject({
      book,
      username,
      customers,
      role: z
        .enum(['owner', 'deputy'])
        .default('owner')
        .describe('owner: exactly one; deputy: beside the owner'),
    }),
    run: assignCustomers,
  }),
  unassign: command({
    summary: 'Take customers from a deputy',
    input: z.strictObject({ book, username, customers }),
    run: unassignCustomers,
  }),
  reassign: command({
    summary: 'Hand all customers of one user to another',
    input: z.strictObject({ book, from: username, to: username }),
    run: reassignAll,
  }),
  epoch: command({
    summary:
      'After a restore from a backup: begin a new epoch, so that laptops send again what the backup lacks',
    input: z.strictObject({ book: anyBook }),
    run: newEpoch,
  }),
  'rotate-key': command({
    summary: 'Begin a new key for access tokens; nobody is signed out',
    input: z.strictObject({}),
    run: async ({ db, actor }) => {
      await rotateSigningKey(db);
      await noteEvent(db, { actor }, 'rotate-key', 'access tokens');
      return {};
    },
  }),
  prune: command({
    summary: 'Remove the traces of deleted records that every laptop knows',
    input: z.strictObject({
      book,
      days: z.coerce
        .number()
        .int()
        .min(1)
        .max(3_650)
        .default(90)
        .describe('Laptops that did not sync for this long take a new snapshot'),
      dryRun: z.stringbool().or(z.boolean()).default(false).describe('Only say what would be removed'),
    }),
    run: prune,
  }),
};

const flag = z.stringbool().or(z.boolean()).default(false);
const common = {
  encoding: z.string().max(40).default('utf-8').describe('utf-8, gb18030 or big5'),
  dryRun: flag.describe('Say what would happen and change nothing'),
  ignoreUnknown: flag.describe('Leave out columns that are not known'),
};
const factInput = z.strictObject({
  book,
  ...common,
  complete: flag.describe('The file is the whole of the book: what it does not name is gone'),
  force: flag.describe('With complete: also when more than a fifth would go'),
});

const importFacts = (entity: 'holding' | 'facility'): FileCommand =>
  fileCommand({
    summary: `Import ${entity === 'holding' ? 'holdings' : 'facilities'} from a CSV of the bank`,
    input: factInput,
    async run(context, { book, complete, force, ...options }, source, onProgress) {
      const { id: bookId } = await findBook(context.db, book);
      const importer = factImporter(context, entity, { bookId, complete, force });
      return runImport(context, importer, source, { ...options, ...(onProgress && { onProgress }) });
    },
  });

export const fileCommands: Record<`import-${ImportKind}`, FileCommand> = {
  'import-customers': fileCommand({
    summary: 'Import customers, and whose they are, from a CSV of the bank',
    input: z.strictObject({
      book,
      ...common,
      kind: z
        .enum(['person', 'company'])
        .default('person')
        .describe('What customers are whose row does not say'),
      overwrite: flag.describe('The file wins over what people typed since'),
    }),
    async run(context, { book, kind, overwrite, ...options }, source, onProgress) {
      const { id: bookId } = await findBook(context.db, book);
      const importer = customerImporter(context, { bookId, kind, overwrite });
      return runImport(context, importer, source, { ...options, ...(onProgress && { onProgress }) });
    },
  }),
  'import-holdings': importFacts('holding'),
  'import-facilities': importFacts('facility'),
  'import-staff': fileCommand({
    summary: 'Import users from a CSV of the bank',
    input: z.strictObject({
      book: book.optional().describe('Book of those whose row names none'),
      ...common,
      codes: flag.describe('Make a one-time code for everybody new; they are shown this once'),
    }),
    async run(context, { book, codes, ...options }, source, onProgress) {
      const importer = staffImporter(context, { codes, ...(book !== undefined && { book }) });
      return runImport(context, importer, source, { ...options, ...(onProgress && { onProgress }) });
    },
  }),
};
