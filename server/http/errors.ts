import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ZodError } from 'zod';
import { Fault } from './fault.ts';

/** What PostgreSQL says when it goes down, is not there or is too busy: SQLSTATE or a code of the system. */
const UNAVAILABLE = /^(08...|53...|57P0.|40001|40P01|ECONNREFUSED|ECONNRESET|ENOENT|ETIMEDOUT|EPIPE)$/;
/** A text PostgreSQL cannot hold (a zero byte), or a value out of range. */
const UNREADABLE = /^22...$/;

/** Where a value is wrong and how, never the value. */
const placeOf = ({ issues: [issue] }: ZodError): string =>
  `${issue?.path.map(String).join('.') ?? ''}: ${issue?.code ?? 'invalid'}`.slice(0, 300);

const ofFastify = ({ code, statusCode = 500 }: FastifyError): Fault | null => {
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE' || statusCode === 413) return new Fault('too_large');
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE' || statusCode === 415)
    return new Fault('invalid', { detail: 'content-type or content-encoding: not one that is read here' });
  if (statusCode >= 400 && statusCode < 500)
    return new Fault(statusCode === 404 ? 'not_found' : 'invalid', { detail: 'the request cannot be read' });
  return null;
};

/** The answer to an error. What we did not foresee says nothing about itself. */
export const faultOf = (error: unknown): Fault => {
  if (error instanceof Fault) return error;
  if (error instanceof ZodError) return new Fault('invalid', { detail: placeOf(error) });
  const { code } = error as { code?: unknown };
  if (typeof code === 'string') {
    if (UNAVAILABLE.test(code)) return new Fault('unavailable', { retryAfter: 5 });
    if (UNREADABLE.test(code)) return new Fault('invalid', { detail: 'a value cannot be stored' });
    if (code.startsWith('FST_') || 'statusCode' in (error as object)) {
      const fault = ofFastify(error as FastifyError);
      if (fault) return fault;
    }
  }
  const { statusCode } = error as { statusCode?: unknown };
  if (typeof statusCode === 'number' && statusCode < 500)
    return ofFastify(error as FastifyError) ?? new Fault('internal');
  return new Fault('internal');
};

/** Every answer that is not 2xx has the body of the protocol. */
export const answerErrors = (app: FastifyInstance): void => {
  app.setErrorHandler((error, request, reply) => {
    const fault = faultOf(error);
    request.fault = fault.code;
    if (fault.status >= 500) request.log.error({ err: error });
    if (fault.extra.retryAfter !== undefined) reply.header('retry-after', fault.extra.retryAfter);
    return reply.code(fault.status).type('application/json').send(fault.toBody());
  });
  app.setNotFoundHandler((request, reply) => {
    request.fault = 'not_found';
    return reply.code(404).send(new Fault('not_found').toBody());
  });
};

/** For what fails before a route is found, such as an address that cannot be decoded. */
export const answerUnreadable = (_error: unknown, _request: FastifyRequest, reply: FastifyReply): void => {
  const fault = new Fault('invalid', { detail: 'the address cannot be read' });
  void reply.code(fault.status).type('application/json').send(fault.toBody());
};
