import { describe, expect, it } from 'vitest';
import { customerView } from '#shared/domain/filter.ts';
import {
  BUILT_IN,
  parseView,
  readSetting,
  sameView,
  type TableSetting,
  writeSetting,
  writeView,
} from './views.ts';

describe('views', () => {
  it.each(Object.entries(BUILT_IN))('%s is accepted by the contract and survives being kept', (_, view) => {
    expect(customerView.safeParse(JSON.parse(writeView(view))).success).toBe(true);
    expect(sameView(parseView(writeView(view)), view)).toBe(true);
  });

  it('shows everything when what was kept cannot be read', () => {
    expect(parseView('{')).toEqual(BUILT_IN.all);
    expect(parseView('{"filter":{"all":true,"items":[{"field":"shoeSize"}]}}')).toEqual(BUILT_IN.all);
  });

  it('brings the table back as it was left', () => {
    const left: TableSetting = {
      viewId: 'classA',
      view: { ...BUILT_IN.classA, text: '王', sort: [] },
      columns: ['name', 'custom:job'],
      widths: { name: 300 },
    };
    expect(readSetting(JSON.parse(JSON.stringify(writeSetting(left))))).toEqual(left);
    expect(readSetting({ viewId: 3 })).toBeNull();
  });
});
