import type { Method } from '#shared/contracts/contract.ts';
import { type RequestEnvelope, type ResponseEnvelope, requestEnvelope } from '#shared/contracts/envelope.ts';
import { AppError, fieldIssuesOf } from '#shared/contracts/errors.ts';
import { type MethodName, registry } from '#shared/contracts/registry.ts';
import { knownCommand } from './database/commit.ts';
import { asAppError } from './database/errors.ts';
import type { EffectContext, Feature, Plan } from './feature.ts';
import { checkSize } from './message-size.ts';

type Handler =
  | { as: 'query'; run: (input: unknown, context: EffectContext) => unknown }
  | { as: 'command'; run: (input: unknown, context: EffectContext) => Plan<unknown> }
  | { as: 'effect'; run: (input: unknown, context: EffectContext) => unknown };

/** Handlers by method. @throws when a method has two handlers, or one that no contract declares. */
const collect = (features: readonly Feature[]): Map<string, Handler> => {
  const handlers = new Map<string, Handler>();
  const add = (as: Handler['as'], group: object | undefined): void => {
    for (const [name, run] of Object.entries(group ?? {})) {
      if (!(name in registry)) throw new Error(`no contract declares ${name}`);
      if (handlers.has(name)) throw new Error(`${name} has two handlers`);
      handlers.set(name, { as, run } as Handler);
    }
  };
  for (const feature of features) {
    add('query', feature.queries);
    add('command', feature.commands);
    add('effect', feature.effects);
  }
  return handlers;
};

/** Methods of the registry nobody handles: empty in a finished product, held by a test. */
export const missingMethods = (features: readonly Feature[]): string[] => {
  const handlers = collect(features);
  return Object.keys(registry).filter((name) => !handlers.has(name));
};

const parseEnvelope = (raw: unknown): RequestEnvelope => {
  const parsed = requestEnvelope.safeParse(raw);
  if (!parsed.success) throw new AppError('invalid_input', { fields: fieldIssuesOf(parsed.error) });
  return parsed.data;
};

const idOf = (raw: unknown): number => {
  const id = typeof raw === 'object' && raw !== null && 'id' in raw ? raw.id : undefined;
  return typeof id === 'number' && Number.isSafeInteger(id) ? id : -1;
};

export interface Router {
  handle(raw: unknown): Promise<ResponseEnvelope>;
}

/** Answers requests: parses every input by its contract, runs the handler, commits what a command plans. */
export const createRouter = (
  features: readonly Feature[],
  makeContext: (commandId: string, at: string) => EffectContext,
  log: (error: unknown) => void = () => undefined,
  onDamage: () => void = () => undefined,
  /** Asked before every request; throws when it may not be answered now. */
  gate: (method: MethodName) => void = () => undefined,
): Router => {
  const handlers = collect(features);

  const commitPlan = (plan: Plan<unknown>, method: string, context: EffectContext): unknown => {
    const receipt = context.book.commit({
      commandId: context.commandId,
      name: method,
      changes: plan.changes,
      result: plan.value,
      at: context.at,
      actor: 'me',
      ...(plan.undoes && { undoes: plan.undoes }),
      ...(plan.settles && { settles: plan.settles }),
      ...(plan.dropDrafts && { dropDrafts: plan.dropDrafts }),
    });
    return receipt.result;
  };

  const run = async (request: RequestEnvelope): Promise<unknown> => {
    const handler = Object.hasOwn(registry, request.method) ? handlers.get(request.method) : undefined;
    if (!handler) throw new AppError('unknown_method');
    gate(request.method as MethodName);
    const method = registry[request.method as MethodName] as Method;
    if (method.kind === 'command' && !request.commandId)
      throw new AppError('invalid_input', { fields: [{ path: 'commandId', rule: 'validation.required' }] });
    const parsed = method.input.safeParse(request.input);
    if (!parsed.success) throw new AppError('invalid_input', { fields: fieldIssuesOf(parsed.error) });
    const context = makeContext(request.commandId ?? '', new Date().toISOString());
    if (handler.as !== 'command') return await handler.run(parsed.data, context);
    const known = knownCommand(context.book.writable, context.commandId);
    if (known) return known.result;
    return commitPlan(handler.run(parsed.data, context), request.method, context);
  };

  return {
    async handle(raw) {
      try {
        checkSize(raw);
        const request = parseEnvelope(raw);
        return { id: request.id, ok: true, value: await run(request) };
      } catch (error) {
        const known = asAppError(error);
        if (known.code === 'internal') log(error);
        if (known.code === 'corrupt') onDamage();
        return { id: idOf(raw), ok: false, error: known.toWire() };
      }
    },
  };
};
