import { v7 as uuid } from 'uuid';
import type { EntityName } from '#shared/domain/entities/index.ts';
import type { Random } from './random.ts';

type Fields = Record<string, unknown>;
export interface ModelRecord {
  entity: EntityName;
  id: string;
  fields: Fields;
  deleted: boolean;
}
type Former = Map<string, ModelRecord | undefined>;

/** A command that was sent, what it writes, and what was there before. */
export interface Sent {
  method: string;
  commandId: string;
  input: unknown;
  writes: Map<string, ModelRecord>;
  before: Former;
  draft?: number;
}

const AT = '2026-03-02T01:02:03.004Z';
const WORDS = ['王芳', '李强', 'Müller', "O'Brien", '张伟', 'Ω', '𠮷野家', '"quoted"', 'a\nb'];
export const DRAFT = 'fault';

/** What the book must hold, kept outside of it; and the random commands that make it so. */
export const createModel = (random: Random) => {
  const records = new Map<string, ModelRecord>();
  let last: Sent | null = null;
  let drafts = 0;

  const living = (entity: EntityName): ModelRecord[] =>
    [...records.values()].filter((record) => record.entity === entity && !record.deleted);
  const word = (): string => `${random.pick(WORDS)} ${random.below(1_000)}`;

  const sent = (method: string, input: unknown, changed: ModelRecord[]): Sent => ({
    method,
    commandId: uuid(),
    input,
    writes: new Map(changed.map((record) => [record.id, record])),
    before: new Map(changed.map((record) => [record.id, records.get(record.id)])),
  });
  const created = (entity: EntityName, fields: Fields): ModelRecord => ({
    entity,
    id: uuid(),
    fields,
    deleted: false,
  });
  const creation = (entity: EntityName, fields: Fields): Sent => {
    const record = created(entity, fields);
    return sent(`${entity}.create`, { id: record.id, fields }, [record]);
  };

  const addCustomer = (): Sent =>
    creation('customer', { kind: random.pick(['person', 'company']), name: word(), createdAt: AT });
  const ofCustomer = (make: (customerId: string) => Sent): Sent => {
    const customers = living('customer');
    return customers.length === 0 ? addCustomer() : make(random.pick(customers).id);
  };

  const addTask = (): Sent =>
    ofCustomer((customerId) => creation('task', { customerId, text: word(), createdAt: AT }));
  const addNote = (): Sent =>
    ofCustomer((customerId) =>
      creation('note', {
        customerId,
        body: word().repeat(1 + random.below(200)),
        takenAt: AT,
        zone: 'Asia/Shanghai',
        createdAt: AT,
      }),
    );
  const update = (): Sent => {
    const record = random.pick([...living('customer'), ...living('task'), ...living('note')]);
    if (!record) return addCustomer();
    const field = { customer: 'name', task: 'text', note: 'body' }[record.entity as string] as string;
    const fields = { [field]: word() };
    return sent(`${record.entity}.update`, { id: record.id, fields }, [
      { ...record, fields: { ...record.fields, ...fields } },
    ]);
  };
  const logCall = (): Sent =>
    ofCustomer((customerId) => {
      const interaction = created('interaction', { customerId, kind: 'call', summary: word() });
      const promise = created('promise', { customerId, text: word() });
      const input = {
        id: interaction.id,
        customerId,
        kind: 'call',
        at: AT,
        zone: 'Asia/Shanghai',
        summary: interaction.fields.summary,
        promise: { id: promise.id, text: promise.fields.text },
      };
      return sent('interaction.log', input, [interaction, promise]);
    });
  const remove = (): Sent =>
    ofCustomer((customerId) => {
      const gone = [...records.values()].filter(
        (record) => !record.deleted && (record.id === customerId || record.fields.customerId === customerId),
      );
      return sent(
        'customer.remove',
        { ids: [customerId] },
        gone.map((record) => ({ ...record, deleted: true })),
      );
    });
  const updateMany = (): Sent => {
    const area = word();
    const changed = living('customer').map((record) => ({ ...record, fields: { ...record.fields, area } }));
    return sent('customer.updateMany', { ids: changed.map(({ id }) => id), set: { area } }, changed);
  };
  const undo = (): Sent => {
    if (!last || last.method === 'undo.command' || last.writes.size === 0) return addCustomer();
    const back = [...last.writes.values()].map(
      (record) => last?.before.get(record.id) ?? { ...record, deleted: true },
    );
    return sent('undo.command', { commandId: last.commandId }, back);
  };
  const backup = (): Sent => sent('backup.now', {}, []);
  const draft = (): Sent => {
    drafts += 1;
    return { ...sent('draft.put', { key: DRAFT, value: drafts }, []), draft: drafts };
  };

  const ways: [number, () => Sent][] = [
    [20, addCustomer],
    [15, addTask],
    [10, addNote],
    [25, update],
    [20, logCall],
    [6, remove],
    [3, updateMany],
    [10, undo],
    [10, draft],
    [1, backup],
  ];
  const lots = ways.flatMap(([share, make]) => Array.from({ length: share }, () => make));

  const put = (states: Iterable<[string, ModelRecord | undefined]>): void => {
    for (const [id, record] of states) record ? records.set(id, record) : records.delete(id);
  };

  return {
    records,
    /** The next random command; the model holds what it will have written. */
    next(): Sent {
      const command = random.pick(lots)();
      put(command.writes);
      if (command.draft === undefined && command.method !== 'backup.now') last = command;
      return command;
    },
    /** Looks at the model without commands that turned out not to have happened. */
    without<T>(missing: readonly Sent[], look: () => T): T {
      for (const command of missing.toReversed()) put(command.before);
      try {
        return look();
      } finally {
        for (const command of missing) put(command.writes);
      }
    },
  };
};
export type Model = ReturnType<typeof createModel>;
