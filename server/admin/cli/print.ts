import type { Command, FileCommand } from '../commands.ts';
import { flagsOf } from './arguments.ts';

/** Chinese characters are two columns wide. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, letter) => sum + ((letter.codePointAt(0) ?? 0) >= 0x2e80 ? 2 : 1), 0);
const pad = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)));

const cell = (value: unknown): string => {
  if (value === null || value === undefined) return '–';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};

const table = (rows: readonly Record<string, unknown>[]): string => {
  const columns = Object.keys(rows[0] ?? {});
  const widths = columns.map((column) =>
    Math.max(widthOf(column), ...rows.map((row) => widthOf(cell(row[column])))),
  );
  const line = (cells: string[]): string =>
    cells
      .map((text, n) => pad(text, widths[n] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(columns), ...rows.map((row) => line(columns.map((column) => cell(row[column]))))].join('\n');
};

const isRows = (value: unknown): value is Record<string, unknown>[] =>
  Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'object' && one !== null);

/** An answer as a person reads it. */
export const readable = (answer: unknown): string => {
  if (isRows(answer)) return table(answer);
  if (Array.isArray(answer)) return answer.length === 0 ? 'none' : answer.map(cell).join('\n');
  if (typeof answer !== 'object' || answer === null) return cell(answer);
  return Object.entries(answer)
    .map(([name, value]) =>
      isRows(value) ? `${name}:\n${table(value).replace(/^/gm, '  ')}` : `${name}: ${cell(value)}`,
    )
    .join('\n');
};

const flagLine = ({ flag, kind, required, schema }: ReturnType<typeof flagsOf>[number]): string => {
  const value = kind === 'switch' ? '' : kind === 'list' ? ' a,b' : ` ${schema.enum?.join('|') ?? 'text'}`;
  const usual =
    schema.default !== undefined && schema.default !== false ? ` (${String(schema.default)})` : '';
  const needed = required ? ' (required)' : usual;
  return `  ${pad(`--${flag}${value}`, 46)} ${schema.description ?? ''}${needed}`;
};

/** What a command does and takes. */
export const helpOf = (name: string, command: Command | FileCommand, readsFile: boolean): string =>
  [
    command.summary,
    '',
    `npm run admin -- ${name} [options]`,
    '',
    ...flagsOf(command).map(flagLine),
    ...(readsFile ? [`  ${pad('--file path', 46)} The CSV; - reads standard input (required)`] : []),
    ...('password' in command.input.shape
      ? [`  ${pad('--password-stdin', 46)} Read the password from the first line of standard input`]
      : []),
  ].join('\n');

/** All commands. */
export const overview = (
  list: Record<string, { summary: string }>,
): string => `Visitbook server: administration

npm run admin -- <command> [options]        npm run admin -- <command> --help

${Object.entries(list)
  .map(([name, { summary }]) => `  ${pad(name, 20)} ${summary}`)
  .join('\n')}

It works on DATABASE_URL, else on the folder of the built-in database (VISITBOOK_SERVER_DATA). That folder is for one
program at a time: while the server runs on it, go through the server:

  --server https://host:port   Address of the running server
  --as name                    Administrator to sign in as; the password is asked for, or VISITBOOK_ADMIN_PASSWORD
  --token text                 An access token instead of signing in (or VISITBOOK_ADMIN_TOKEN)
  --json                       Answer as JSON`;
