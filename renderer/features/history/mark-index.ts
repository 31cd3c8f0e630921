import { MARK_KINDS, type Mark } from '#shared/contracts/sync.ts';

type Kind = Mark['kind'];
/** What a record or a field shows: the most pressing of its marks. */
export interface Standing {
  kind: Kind;
  itemId: string | null;
}
export interface Marks {
  /** Of a record with all its fields. */
  ofRecord(recordId: string): Standing | null;
  ofField(recordId: string, field: string): Standing | null;
  /** Of a customer and all below. */
  ofCustomer(customerId: string): Standing | null;
  /** How many records and fields there are of a kind. */
  count(kind: Kind): number;
}

const pressing = (marks: readonly Mark[]): Standing | null =>
  marks.reduce<Mark | null>(
    (best, mark) => (best && MARK_KINDS.indexOf(best.kind) >= MARK_KINDS.indexOf(mark.kind) ? best : mark),
    null,
  );

/** Marks by record, so that a line finds its own without a search. */
export const indexMarks = (marks: readonly Mark[]): Marks => {
  const by = (key: (mark: Mark) => string | null): Map<string, Mark[]> => {
    const groups = new Map<string, Mark[]>();
    for (const mark of marks) {
      const name = key(mark);
      if (name === null) continue;
      const group = groups.get(name);
      if (group) group.push(mark);
      else groups.set(name, [mark]);
    }
    return groups;
  };
  const records = by(({ recordId }) => recordId);
  const customers = by(({ customerId }) => customerId);
  const of = (recordId: string): Mark[] => records.get(recordId) ?? [];
  return {
    ofRecord: (id) => pressing(of(id)),
    ofField: (id, field) => pressing(of(id).filter((mark) => mark.field === field)),
    ofCustomer: (id) => pressing([...of(id), ...(customers.get(id) ?? [])]),
    count: (kind) =>
      new Set(
        marks
          .filter((mark) => mark.kind === kind)
          .map(({ itemId, recordId, field }) => itemId ?? `${recordId} ${field}`),
      ).size,
  };
};
