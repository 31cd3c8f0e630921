import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { registry } from '../contracts/registry.ts';
import { patchShape } from './entity.ts';

describe('patchShape', () => {
  it('never fills in what was left out', () => {
    const shape = {
      name: z.string(),
      note: z.string().nullable().default(null),
      tags: z.array(z.string()).default([]),
    };
    expect(z.strictObject(patchShape(shape)).parse({ name: 'a' })).toEqual({ name: 'a' });
    expect(z.strictObject(patchShape(shape)).parse({ note: null })).toEqual({ note: null });
  });

  it.each(Object.entries(registry).filter(([name]) => name.endsWith('.update')))(
    '%s takes a patch as it is',
    (_name, method) => {
      const id = '0192f0c1-2b3c-7d4e-8f50-6172839405a6';
      const parsed = (method.input as z.ZodType<{ fields: object }>).safeParse({ id, fields: {} });
      expect(parsed.success ? parsed.data.fields : {}).toEqual({});
    },
  );
});
