import { describe, expect, it } from 'vitest';
import type { Mark } from '#shared/contracts/sync.ts';
import { indexMarks } from './mark-index.ts';

const mark = (more: Partial<Mark>): Mark => ({
  entity: 'note',
  recordId: 'n',
  customerId: null,
  field: null,
  kind: 'waiting',
  itemId: null,
  ...more,
});

describe('indexMarks', () => {
  const marks = indexMarks([
    mark({ field: 'body' }),
    mark({ field: 'title', kind: 'refused', itemId: 'r', customerId: 'c' }),
    mark({ field: 'body', kind: 'refused', itemId: 'r', customerId: 'c' }),
    mark({ recordId: 'p', kind: 'conflict', itemId: 'x', customerId: 'c' }),
  ]);

  it('shows the most pressing: a conflict before a refusal, a refusal before what waits', () => {
    expect(marks.ofRecord('n')).toMatchObject({ kind: 'refused', itemId: 'r' });
    expect(marks.ofField('n', 'body')?.kind).toBe('refused');
    expect(marks.ofField('n', 'pinned')).toBeNull();
    expect(marks.ofCustomer('c')).toMatchObject({ kind: 'conflict', itemId: 'x' });
    expect(marks.ofCustomer('n')?.kind).toBe('refused');
    expect(marks.ofRecord('unknown')).toBeNull();
  });

  it('counts a refused edit of several fields once', () => {
    expect([marks.count('waiting'), marks.count('refused'), marks.count('conflict')]).toEqual([1, 1, 1]);
  });
});
