import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type Command, commands, type FileCommand, fileCommands } from '../commands.ts';

/** What was typed cannot be carried out: what, where and what to do. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** Options of every command. */
export interface GlobalOptions {
  json: boolean;
  /** Address of a running server; without it the database is opened here. */
  server?: string;
  token?: string;
  as?: string;
  file?: string;
  passwordStdin: boolean;
  help: boolean;
}

export interface Asked extends GlobalOptions {
  name: string;
  input: Record<string, unknown>;
}

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

interface FieldSchema {
  type?: string | string[];
  description?: string;
  enum?: string[];
  default?: unknown;
}

export interface Flag {
  field: string;
  flag: string;
  kind: 'text' | 'list' | 'switch';
  required: boolean;
  schema: FieldSchema;
}

const isSwitch = ({ type }: FieldSchema): boolean => [type].flat().includes('boolean');

/** The flags of a command, read off its schema. A password is never a flag: the list of processes shows those. */
export const flagsOf = ({ input }: Pick<Command, 'input'>): Flag[] => {
  const { properties = {}, required = [] } = z.toJSONSchema(input, {
    io: 'input',
    unrepresentable: 'any',
  }) as {
    properties?: Record<string, FieldSchema>;
    required?: string[];
  };
  return Object.entries(properties)
    .filter(([field]) => field !== 'password')
    .map(([field, schema]) => ({
      field,
      flag: kebab(field),
      kind: schema.type === 'array' ? 'list' : isSwitch(schema) ? 'switch' : 'text',
      required: required.includes(field),
      schema,
    }));
};

/** The command of a name, with or without a file. */
export const commandOf = (name: string): Command | FileCommand | undefined =>
  ({ ...commands, ...fileCommands })[name];

export const isFileCommand = (name: string): name is keyof typeof fileCommands =>
  Object.hasOwn(fileCommands, name);

const GLOBAL = {
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  server: { type: 'string' },
  token: { type: 'string' },
  as: { type: 'string' },
  file: { type: 'string' },
  'password-stdin': { type: 'boolean' },
} as const;

const parse = (args: string[], flags: readonly Flag[]): Record<string, string | boolean | string[]> => {
  const own = Object.fromEntries(
    flags.map(({ flag, kind }) => [
      flag,
      { type: kind === 'switch' ? ('boolean' as const) : ('string' as const), multiple: kind === 'list' },
    ]),
  );
  try {
    return parseArgs({ args, options: { ...own, ...GLOBAL }, allowPositionals: false }).values as Record<
      string,
      string | boolean | string[]
    >;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
};

/** Reads a command line. @throws UsageError */
export const readArguments = ([name = 'help', ...rest]: string[], extra: readonly string[]): Asked => {
  const command = commandOf(name);
  if (!command && !extra.includes(name))
    throw new UsageError(`There is no command "${name}". "help" shows them all.`);
  const flags = command ? flagsOf(command) : [];
  const values = parse(rest, flags);
  const input = Object.fromEntries(
    flags
      .filter(({ flag }) => values[flag] !== undefined)
      .map(({ field, flag, kind }) => [
        field,
        kind === 'list' ? (values[flag] as string[]).flatMap((one) => one.split(',')) : values[flag],
      ]),
  );
  const text = (flag: string): string | undefined => values[flag] as string | undefined;
  const [server, token, as, file] = [text('server'), text('token'), text('as'), text('file')];
  return {
    name,
    input,
    json: values.json === true,
    help: values.help === true,
    passwordStdin: values['password-stdin'] === true,
    ...(server !== undefined && { server }),
    ...(token !== undefined && { token }),
    ...(as !== undefined && { as }),
    ...(file !== undefined && { file }),
  };
};

/** Checks what was given against the command's schema. @throws UsageError that names each flag */
export const checkInput = (
  { input }: Pick<Command, 'input'>,
  given: Record<string, unknown>,
): Record<string, unknown> => {
  const parsed = input.safeParse(given);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(({ path, message }) => {
    const field = String(path[0] ?? '');
    return given[field] === undefined && field !== 'password'
      ? `--${kebab(field)} is missing`
      : `--${kebab(field)}: ${message}`;
  });
  throw new UsageError([...new Set(lines)].join('\n'));
};
