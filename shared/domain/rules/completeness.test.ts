import { describe, expect, it } from 'vitest';
import { customer } from '../entities/index.ts';
import { completenessOf } from './completeness.ts';

const of = (fields: Partial<Parameters<typeof customer.schema.parse>[0] & object>, contacts = 0) =>
  completenessOf(
    customer.schema.parse({
      kind: 'person',
      name: '王芳',
      createdAt: '2026-01-01T00:00:00.000Z',
      ...fields,
    }),
    contacts,
  );

describe('completeness', () => {
  it('is 0 with only a name and asks for the most useful facts first', () => {
    const { percent, known, gaps } = of({});
    expect(percent).toBe(0);
    expect(known).toBe(0);
    expect(gaps.slice(0, 3).map((gap) => gap.field)).toEqual(['phones', 'birthDate', 'riskLevel']);
  });

  it('weighs facts: a phone is worth more than the gender', () => {
    const phone = of({ phones: [{ label: '', number: '13800138000' }] });
    expect(phone.percent).toBeGreaterThan(of({ gender: 'female' }).percent);
    expect(phone.gaps.map((gap) => gap.field)).not.toContain('phones');
  });

  it('expects more of classes A and B', () => {
    expect(of({ class: 'A' }).expected).toBeGreaterThan(of({ class: 'C' }).expected);
    expect(of({ class: 'B' }).expected).toBe(of({ class: 'A' }).expected);
    expect(of({ class: 'C' }).gaps.map((gap) => gap.field)).not.toContain('family');
  });

  it('asks a company for its people, not for a birthday', () => {
    const company = of({ kind: 'company' });
    expect(company.gaps[0]?.field).toBe('contacts');
    expect(company.gaps.map((gap) => gap.field)).not.toContain('birthDate');
    expect(of({ kind: 'company' }, 1).percent).toBeGreaterThan(0);
  });

  it('counts zero as known and the empty text as unknown', () => {
    expect(of({ incomeMinor: 0 }).gaps.map((gap) => gap.field)).not.toContain('incomeMinor');
    expect(of({ occupation: '' }).gaps.map((gap) => gap.field)).toContain('occupation');
  });

  it('reaches 100 when nothing is missing', () => {
    const full = of(
      {
        kind: 'company',
        phones: [{ label: '', number: '02112345678' }],
        industry: 'x',
        productUsage: 'x',
        companySize: 'small',
        purchasingDemands: 'x',
        address: 'x',
        city: 'x',
        marketingConsent: 'yes',
        employees: 0,
      },
      2,
    );
    expect(full).toMatchObject({ percent: 100, gaps: [] });
  });
});
