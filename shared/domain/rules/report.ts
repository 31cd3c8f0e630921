import type { VisitReport } from '../entities/index.ts';

/** What a signature vouches for. Where a report is filed (customer, visit) may change, what it says may not. */
const SIGNED_FIELDS = [
  'version',
  'supersedesId',
  'title',
  'visitedAt',
  'endedAt',
  'zone',
  'mode',
  'purpose',
  'place',
  'participants',
  'facts',
  'discussion',
  'confirmedSummary',
  'needs',
  'promiseIds',
  'nextSteps',
  'nextHook',
  'signature',
  'signedBy',
  'signedAt',
] as const satisfies readonly (keyof VisitReport)[];

type Signed = Pick<VisitReport, (typeof SIGNED_FIELDS)[number]>;

const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, canonical(inner)]));
};

/** The words of a report in one fixed form: the same content always gives the same text, whatever order it came in. */
export const signedContent = (report: Signed): string =>
  JSON.stringify(canonical(Object.fromEntries(SIGNED_FIELDS.map((field) => [field, report[field] ?? null]))));

const isBlank = (words: string | null): boolean => !words?.trim();

type Signable = Pick<VisitReport, 'title' | 'facts' | 'discussion' | 'confirmedSummary'>;

/**
 * S3-30: a report cannot be signed while 确认理解 is empty, nor without a title and what happened.
 * @returns the fields that are missing.
 */
export const missingForSignature = (report: Signable): (keyof Signable)[] => [
  ...(isBlank(report.title) ? (['title'] as const) : []),
  ...(isBlank(report.facts) && isBlank(report.discussion) ? (['discussion'] as const) : []),
  ...(isBlank(report.confirmedSummary) ? (['confirmedSummary'] as const) : []),
];
