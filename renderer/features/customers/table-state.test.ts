import { describe, expect, it } from 'vitest';
import { moveColumn, nextSort, type Sort, toggleColumn } from './column-order.ts';
import { extend, NOTHING, span, toggle } from './selection.ts';

describe('sorting by clicks', () => {
  it('goes ascending, descending, none', () => {
    const first = nextSort([], 'name', false);
    expect(first).toEqual([{ column: 'name', descending: false }]);
    const second = nextSort(first, 'name', false);
    expect(second).toEqual([{ column: 'name', descending: true }]);
    expect(nextSort(second, 'name', false)).toEqual([]);
  });

  it('keeps the others with shift, in their order, at most three', () => {
    const two: Sort = [
      { column: 'class', descending: false },
      { column: 'dueOn', descending: false },
    ];
    expect(nextSort(two, 'class', true)).toEqual([{ column: 'class', descending: true }, two[1]]);
    const three = nextSort(two, 'balance', true);
    expect(nextSort(three, 'name', true).map((key) => key.column)).toEqual(['dueOn', 'balance', 'name']);
    expect(nextSort(three, 'name', false)).toHaveLength(1);
  });
});

describe('columns', () => {
  const columns = ['name', 'class', 'phone', 'tags'];
  it('moves within the list but never before the name', () => {
    expect(moveColumn(columns, 3, 1)).toEqual(['name', 'tags', 'class', 'phone']);
    expect(moveColumn(columns, 2, 0)).toEqual(['name', 'phone', 'class', 'tags']);
    expect(moveColumn(columns, 0, 2)).toEqual(columns);
    expect(moveColumn(columns, 1, 9)).toEqual(['name', 'phone', 'tags', 'class']);
  });
  it('shows and hides all but the name', () => {
    expect(toggleColumn(columns, 'phone')).toEqual(['name', 'class', 'tags']);
    expect(toggleColumn(columns, 'custom:job')).toEqual([...columns, 'custom:job']);
    expect(toggleColumn(columns, 'name')).toEqual(columns);
  });
});

describe('selection', () => {
  it('takes rows in and out and draws ranges from the last one', () => {
    const one = toggle(NOTHING, 'b', 1);
    expect([...one.ids]).toEqual(['b']);
    expect(span(one.anchor ?? 0, 0)).toEqual([0, 1]);
    const more = extend(one, ['a', 'b'], 1);
    expect([...more.ids].sort()).toEqual(['a', 'b']);
    expect(more.anchor).toBe(1);
    expect([...toggle(more, 'b', 1).ids]).toEqual(['a']);
    expect(NOTHING.ids.size).toBe(0);
  });
});
