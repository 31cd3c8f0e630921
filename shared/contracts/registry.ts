import { attachmentContract } from './attachments.ts';
import {
  bookContract,
  draftContract,
  echoContract,
  exportContract,
  importContract,
  jobContract,
  searchContract,
  viewContract,
} from './book.ts';
import type { InputOf, OutputOf, ParsedOf } from './contract.ts';
import { customerContract } from './customers.ts';
import { recordContracts, undoContract } from './records.ts';
import { deviceContract, historyContract, syncListContract, syncStateContract } from './sync.ts';
import { teamContract } from './team.ts';
import {
  interactionContract,
  noteContract,
  promiseContract,
  reportContract,
  scriptContract,
  todayContract,
  visitContract,
} from './work.ts';

/** Every method of the data process. The router, the page's client and the contract tests are derived from it. */
export const registry = {
  ...recordContracts,
  ...undoContract,
  ...customerContract,
  ...visitContract,
  ...interactionContract,
  ...noteContract,
  ...promiseContract,
  ...reportContract,
  ...scriptContract,
  ...todayContract,
  ...bookContract,
  ...draftContract,
  ...jobContract,
  ...searchContract,
  ...importContract,
  ...exportContract,
  ...viewContract,
  ...attachmentContract,
  ...syncStateContract,
  ...deviceContract,
  ...teamContract,
  ...syncListContract,
  ...historyContract,
  ...echoContract,
} as const;

export type Registry = typeof registry;
export type MethodName = keyof Registry;
export type QueryName = { [M in MethodName]: Registry[M] extends { kind: 'query' } ? M : never }[MethodName];
export type CommandName = {
  [M in MethodName]: Registry[M] extends { kind: 'command' } ? M : never;
}[MethodName];
export type Input<M extends MethodName> = InputOf<Registry[M]>;
export type Parsed<M extends MethodName> = ParsedOf<Registry[M]>;
export type Output<M extends MethodName> = OutputOf<Registry[M]>;
