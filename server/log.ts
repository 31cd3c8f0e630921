import { randomUUID } from 'node:crypto';
import { type FastifyServerOptions, LogController } from 'fastify';

/** Where log lines go. */
export interface LogStream {
  write(line: string): void;
}

/** Where an error was thrown, without its message: a database puts values of records into its messages. */
export const describeError = (
  error: unknown,
): { type: string; message: string; stack: string } & Record<string, unknown> => {
  if (!(error instanceof Error)) return { type: typeof error, message: '', stack: '' };
  const { code } = error as { code?: unknown };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    ...(typeof code === 'string' && { code }),
    message: '',
    stack: frames
      .slice(0, 8)
      .map((line) => line.trim())
      .join('\n'),
  };
};

/** Structured log lines that hold no client data: no bodies, names, paths, query values, tokens or messages of errors. */
export const logOptions = (
  level: string,
  stream?: LogStream,
): Pick<FastifyServerOptions, 'logger' | 'logController' | 'genReqId' | 'requestIdHeader'> => ({
  // a request is logged once, when it is answered (server/http/observe.ts)
  logController: new LogController({ disableRequestLogging: true }),
  requestIdHeader: false,
  genReqId: () => randomUUID(),
  logger: {
    level,
    base: { product: 'visitbook-server', pid: process.pid },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: describeError, error: describeError },
    hooks: {
      logMethod(args, method) {
        const [first] = args as unknown[];
        const error = first instanceof Error ? first : (first as { err?: unknown } | undefined)?.err;
        if (error === undefined) return method.apply(this, args);
        // fastify gives the message of the error as the message of the line
        return method.apply(this, [
          { ...(first instanceof Error ? {} : (first as object)), err: error },
          'error',
        ]);
      },
    },
    ...(stream && { stream }),
  },
});
