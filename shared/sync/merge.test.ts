import { describe, expect, it } from 'vitest';
import { type Arriving, type Held, type MergeOptions, mergeChange } from './merge.ts';

const at = (time: number, client: string) => `${time.toString(36).padStart(9, '0')}-0000-${client}`;
const A1 = at(1, 'a');
const A5 = at(5, 'a');
const B4 = at(4, 'b');
const B6 = at(6, 'b');
const OWN = at(9, 'server');
const options: MergeOptions = { texts: [], ownStamp: () => OWN };
const held = (over: Partial<Held> = {}): Held => ({
  data: { name: 'Li', city: 'Beijing' },
  stamps: { '*': A1 },
  deleted: false,
  ...over,
});
const update = (over: Partial<Arriving>): Arriving => ({
  op: 'update',
  fields: {},
  before: null,
  base: {},
  stamp: B4,
  ...over,
});

describe('merging a change', () => {
  it('applies what was typed on the value that is held', () => {
    const merged = mergeChange(held(), update({ fields: { name: 'Wang' }, base: { name: A1 } }), options);
    expect(merged).toMatchObject({
      held: { data: { name: 'Wang', city: 'Beijing' }, stamps: { '*': A1, name: B4 } },
      changed: true,
      together: false,
      disputes: [],
    });
  });

  it('lets different fields stand side by side', () => {
    const first = mergeChange(held(), update({ fields: { name: 'Wang' }, base: { name: A1 } }), options);
    const second = mergeChange(
      first.held,
      update({ fields: { city: 'Xian' }, base: { city: A1 }, stamp: A5 }),
      options,
    );
    expect(second.held.data).toEqual({ name: 'Wang', city: 'Xian' });
    expect(second.disputes).toEqual([]);
  });

  it.each([
    ['later wins', B6, 'Zhao', 'Sun'],
    ['earlier gives way', B4, 'Sun', 'Zhao'],
  ])('keeps both values of one field: %s', (_, stamp, kept, lost) => {
    const there = held({ data: { name: 'Sun' }, stamps: { '*': A1, name: A5 } });
    const merged = mergeChange(
      there,
      update({ fields: { name: 'Zhao' }, before: { name: 'Li' }, base: { name: A1 }, stamp }),
      options,
    );
    expect(merged.held.data.name).toBe(kept);
    expect(merged.disputes).toMatchObject([
      { field: 'name', kept: { value: kept }, lost: { value: lost }, before: 'Li' },
    ]);
  });

  it('finds no dispute where both typed the same', () => {
    const there = held({ data: { tags: ['x'] }, stamps: { '*': A1, tags: A5 } });
    const merged = mergeChange(there, update({ fields: { tags: ['x'] }, base: { tags: A1 } }), options);
    expect(merged).toMatchObject({ changed: false, disputes: [] });
  });

  it('takes the next edit of the same client for one that knew', () => {
    const there = held({ data: { name: 'restamped' }, stamps: { '*': A1, name: at(3, 'b') } });
    const merged = mergeChange(
      there,
      update({ fields: { name: 'next' }, base: { name: at(99, 'b') } }),
      options,
    );
    expect(merged).toMatchObject({ held: { data: { name: 'next' } }, disputes: [] });
  });

  it('merges texts, and keeps both where they overlap', () => {
    const texts = { ...options, texts: ['body'] };
    const there = held({ data: { body: 'one\nmiddle\ntwo A\nthree' }, stamps: { '*': A1, body: A5 } });
    const arriving = (body: string) =>
      update({
        fields: { body },
        before: { body: 'one\nmiddle\ntwo\nthree' },
        base: { body: A1 },
        stamp: B6,
      });
    expect(mergeChange(there, arriving('one B\nmiddle\ntwo\nthree'), texts).held).toMatchObject({
      data: { body: 'one B\nmiddle\ntwo A\nthree' },
      stamps: { body: OWN },
    });
    expect(mergeChange(there, arriving('one\nmiddle\ntwo B\nthree'), texts).held.data.body).toBe(
      'one\nmiddle\ntwo A\ntwo B\nthree',
    );
  });

  it('keeps alive what one removed and another changed, whoever comes first', () => {
    const edited = held({ data: { name: 'Wang' }, stamps: { '*': A1, name: A5 } });
    const removal = update({ op: 'delete', base: { '*': A1 }, stamp: B6 });
    const late = mergeChange(edited, removal, options);
    expect(late).toMatchObject({ held: { deleted: false }, disputes: [{ field: 'deleted' }] });

    const removed = mergeChange(held(), removal, options).held;
    expect(removed.deleted).toBe(true);
    const revived = mergeChange(
      removed,
      update({ fields: { name: 'Wang' }, base: { name: A1 }, stamp: A5 }),
      options,
    );
    expect(revived).toMatchObject({
      held: { deleted: false, data: { name: 'Wang' } },
      disputes: [{ field: 'deleted', lost: { value: true } }],
    });
  });

  it('removes what the remover had seen, and applies twice what was applied once', () => {
    const edited = held({ stamps: { '*': A1, name: A5 } });
    const removal = update({ op: 'delete', base: { '*': A1, name: A5 }, stamp: B6 });
    const removed = mergeChange(edited, removal, options);
    expect(removed.held.deleted).toBe(true);
    expect(mergeChange(removed.held, removal, options)).toMatchObject({ changed: false, disputes: [] });
  });

  it('creates once, and again is nothing', () => {
    const creation = update({ op: 'create', fields: { name: 'Li' }, stamp: A1 });
    const made = mergeChange(null, creation, options);
    expect(made.held).toEqual({ data: { name: 'Li' }, stamps: { '*': A1 }, deleted: false });
    expect(mergeChange(made.held, creation, options).changed).toBe(false);
  });
});
