import { describe, expect, it } from 'vitest';
import { type Condition, EVERYTHING, type FilterGroup, filterGroup } from '#shared/domain/filter.ts';
import { conditionsOf, isComplete, itemAt, putItem, withItem } from './filter-edit.ts';

const classA: Condition = { field: 'class', operator: 'is', value: ['A'] };
const quiet: Condition = { field: 'daysSinceContact', operator: 'atLeast', value: 30 };
const rich: Condition = { field: 'balance', operator: 'atLeast', value: 1_000_000_00 };
const nested: FilterGroup = { all: true, items: [classA, { all: false, items: [quiet, rich] }] };

describe('editing a filter', () => {
  it('adds at the end of the root and of a nested group', () => {
    const one = putItem(EVERYTHING, [0], classA);
    expect(one).toEqual({ all: true, items: [classA] });
    expect(putItem(nested, [1, 2], classA).items[1]).toEqual({ all: false, items: [quiet, rich, classA] });
  });

  it('replaces in place and leaves the former filter alone', () => {
    const changed = putItem(nested, [1, 0], rich);
    expect(itemAt(changed, [1, 0])).toEqual(rich);
    expect(itemAt(nested, [1, 0])).toEqual(quiet);
  });

  it('removes a condition, and a group with its last one', () => {
    const without = withItem(nested, [1, 0], null);
    expect(itemAt(without, [1])).toEqual({ all: false, items: [rich] });
    expect(withItem(without, [1, 0], null)).toEqual({ all: true, items: [classA] });
  });

  it('keeps an empty root, which lets everything pass', () => {
    expect(withItem({ all: false, items: [classA] }, [0], null)).toEqual({ all: false, items: [] });
  });

  it('lists conditions in reading order and answers what the contract accepts', () => {
    expect(conditionsOf(nested).map((found) => found.path)).toEqual([[0], [1, 0], [1, 1]]);
    expect(filterGroup.safeParse(nested).success).toBe(true);
  });

  it.each([
    [{ field: 'phone', operator: 'isKnown' }, true],
    [{ field: 'class', operator: 'is', value: [] }, false],
    [{ field: 'name', operator: 'contains', value: '  ' }, false],
    [{ field: 'balance', operator: 'atLeast', value: 0 }, true],
    [{ field: 'balance', operator: 'atLeast' }, false],
    [{ field: 'doNotCall', operator: 'is', value: false }, true],
  ] as [Condition, boolean][])('%j is complete: %s', (condition, complete) => {
    expect(isComplete(condition)).toBe(complete);
  });
});
