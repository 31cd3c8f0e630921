import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { Fault } from '../../http/fault.ts';
import { openApiDocument } from '../../http/openapi.ts';
import { type Command, commands, type FileCommand, fileCommands } from '../commands.ts';
import { seedDemo } from '../demo.ts';
import type { ImportReport } from '../import/report.ts';
import type { Source } from '../import/source.ts';
import { type Asked, checkInput, commandOf, isFileCommand, readArguments, UsageError } from './arguments.ts';
import { openLocal } from './local.ts';
import { helpOf, overview, readable } from './print.ts';
import { askSecret, readSecret, type Terminal } from './prompt.ts';
import { openRemote } from './remote.ts';

/** What only the command line does. */
const OWN = {
  'seed-demo': { summary: 'Fill an empty database with a demo bank' },
  openapi: { summary: 'Print the OpenAPI document of the server' },
  help: { summary: 'Show this' },
};

const fileOf = async ({ file }: Asked, { stdin }: Terminal): Promise<Source> => {
  if (file === undefined)
    throw new UsageError('--file is missing: the path of the CSV, or - for standard input.');
  if (file === '-') return stdin;
  await access(file).catch(() => {
    throw new UsageError(`--file: ${file} cannot be read.`);
  });
  return createReadStream(file);
};

/** Adds the password where the command takes one: from standard input, else from the person, else not at all. */
const withPassword = async (
  asked: Asked,
  command: Command | FileCommand,
  terminal: Terminal,
): Promise<Record<string, unknown>> => {
  if (!('password' in command.input.shape)) return asked.input;
  if (asked.passwordStdin) return { ...asked.input, password: await readSecret(terminal) };
  const isOptional = command.input.shape.password?.safeParse(undefined).success;
  return isOptional ? asked.input : { ...asked.input, password: await askSecret(terminal, 'New password') };
};

const runRemote = async (
  asked: Asked,
  server: string,
  terminal: Terminal,
  input: Record<string, unknown>,
): Promise<unknown> => {
  const token = asked.token ?? terminal.env.VISITBOOK_ADMIN_TOKEN;
  if (!token && !asked.as) throw new UsageError('--server wants --as (an administrator) or --token.');
  const file = isFileCommand(asked.name) ? await fileOf(asked, terminal) : null;
  const password = terminal.env.VISITBOOK_ADMIN_PASSWORD;
  const remote = await openRemote(
    server,
    token
      ? { token }
      : {
          username: asked.as ?? '',
          password: password ?? (await askSecret(terminal, `Password of ${asked.as}`)),
        },
  );
  try {
    return await (file ? remote.send(asked.name, input, file) : remote.run(asked.name, input));
  } finally {
    await remote.close();
  }
};

const runLocal = async (
  asked: Asked,
  terminal: Terminal,
  input: Record<string, unknown>,
): Promise<unknown> => {
  const file = isFileCommand(asked.name) ? await fileOf(asked, terminal) : null;
  const { context, close } = await openLocal(terminal.env);
  const onProgress = ({ taken, bad }: ImportReport): void => {
    terminal.stderr.write(`${taken + bad} rows, ${bad} bad\n`);
  };
  try {
    if (asked.name === 'seed-demo') return await seedDemo(context);
    if (isFileCommand(asked.name) && file)
      return await fileCommands[asked.name].run(context, input, file, onProgress);
    return await commands[asked.name]?.run(context, input);
  } finally {
    await close();
  }
};

const hasBadRows = (result: unknown): boolean =>
  typeof (result as ImportReport | null)?.bad === 'number' && (result as ImportReport).bad > 0;

const answer = async (asked: Asked, terminal: Terminal): Promise<{ text: string; code: number }> => {
  const command = commandOf(asked.name);
  const say = (text: string): { text: string; code: number } => ({ text, code: 0 });
  if (asked.name === 'help' || (asked.help && !command))
    return say(overview({ ...commands, ...fileCommands, ...OWN }));
  if (asked.name === 'openapi') return say(JSON.stringify(openApiDocument(), null, 2));
  if (asked.help && command) return say(helpOf(asked.name, command, isFileCommand(asked.name)));
  const input = command ? checkInput(command, await withPassword(asked, command, terminal)) : {};
  if (!command && asked.server)
    throw new UsageError(`${asked.name} does not go through a server: it wants the database.`);
  const result = asked.server
    ? await runRemote(asked, asked.server, terminal, input)
    : await runLocal(asked, terminal, input);
  return {
    text: asked.json ? JSON.stringify(result, null, 2) : readable(result),
    code: isFileCommand(asked.name) && hasBadRows(result) ? 3 : 0,
  };
};

/** Runs one command. @returns the exit code: 1 refused or failed, 2 not understood, 3 some rows of a file were bad */
export const runAdmin = async (args: string[], terminal: Terminal = process): Promise<number> => {
  try {
    const asked = readArguments(
      args.filter((one, n) => !(n === 0 && one === '--')),
      Object.keys(OWN),
    );
    const { text, code } = await answer(asked, terminal);
    terminal.stdout.write(`${text}\n`);
    return code;
  } catch (error) {
    const known =
      error instanceof UsageError || error instanceof Fault || (error as Error).name === 'ConfigError';
    terminal.stderr.write(
      known
        ? `${error instanceof Fault ? `${error.code}: ` : ''}${(error as Error).message}\n`
        : `It failed: ${(error as Error).stack ?? String(error)}\n`,
    );
    return error instanceof UsageError ? 2 : 1;
  }
};
