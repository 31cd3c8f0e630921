import type { FastifyInstance, FastifyRequest, preHandlerAsyncHookHandler } from 'fastify';
import type { z } from 'zod';
import { commands, fileCommands } from '../admin/commands.ts';
import type { AdminContext } from '../admin/context.ts';
import type { Source } from '../admin/import/source.ts';
import { Fault } from './fault.ts';

export interface AdminDeps extends Omit<AdminContext, 'actor'> {
  /** Sets `request.session`, or refuses. */
  authenticate: preHandlerAsyncHookHandler;
}

/** Largest file that is imported over HTTP. */
const MOST_FILE_BYTES = 500_000_000;

/** Who asks. @throws Fault not_allowed for anybody but an administrator */
const actorOf = ({ session }: FastifyRequest): string => {
  if (!session) throw new Fault('unauthorized');
  if (session.role !== 'administrator') throw new Fault('not_allowed', { detail: 'for administrators only' });
  return session.username;
};

const read = <Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Fault('invalid', {
    detail: `${issue?.path.map(String).join('.') || 'body'}: ${issue?.message}`.slice(0, 300),
  });
};

/** What the command line does, for administrators over HTTP: `POST /v1/admin/<command>`. */
export const registerAdmin = async (
  app: FastifyInstance,
  { authenticate, ...parts }: AdminDeps,
): Promise<void> => {
  await app.register(async (scope) => {
    // The file is read as it comes, not before the route begins.
    scope.addContentTypeParser(['text/csv', 'application/octet-stream'], (_request, payload, done) =>
      done(null, payload),
    );
    for (const [name, { input, run }] of Object.entries(commands))
      scope.post(`/v1/admin/${name}`, { preHandler: authenticate }, async (request) =>
        run({ ...parts, actor: actorOf(request) }, read(input, request.body ?? {})),
      );
    for (const [name, { input, run }] of Object.entries(fileCommands))
      scope.post(
        `/v1/admin/${name}`,
        { preHandler: authenticate, bodyLimit: MOST_FILE_BYTES },
        async (request) => {
          const source = request.body as Source | null;
          if (typeof source !== 'object' || !source || !(Symbol.asyncIterator in source))
            throw new Fault('invalid', { detail: 'send the file as text/csv' });
          return run({ ...parts, actor: actorOf(request) }, read(input, request.query), source);
        },
      );
  });
};
