import type { z } from 'zod';

/** What a caller must be allowed to do. Roles come with the server; until then the owner of the book may do all. */
export type Permission = 'read' | 'write' | 'export' | 'manage';

export interface Method<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  readonly kind: 'query' | 'command';
  readonly input: Input;
  readonly output: Output;
  readonly permission: Permission;
}

export type Contract = Readonly<Record<string, Method>>;

/** A method that only reads. */
export const query = <I extends z.ZodType, O extends z.ZodType>(
  input: I,
  output: O,
  permission: Permission = 'read',
): Method<I, O> & { kind: 'query' } => ({ kind: 'query', input, output, permission });

/** A method that changes the book. Its envelope carries a command id; a repeated id is answered, not applied again. */
export const command = <I extends z.ZodType, O extends z.ZodType>(
  input: I,
  output: O,
  permission: Permission = 'write',
): Method<I, O> & { kind: 'command' } => ({ kind: 'command', input, output, permission });

export type InputOf<M> = M extends Method<infer I, z.ZodType> ? z.input<I> : never;
export type ParsedOf<M> = M extends Method<infer I, z.ZodType> ? z.output<I> : never;
export type OutputOf<M> = M extends Method<z.ZodType, infer O> ? z.output<O> : never;
