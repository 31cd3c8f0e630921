import type { ReportRow } from '#shared/contracts/work.ts';
import { plainDate, wallTime } from '#shared/domain/dates.ts';
import { majorUnits, minorDigits } from '#shared/domain/money.ts';
import type { Words } from '#shared/presentation/words.ts';
import { type Cell, date, moment, number, text } from './table.ts';

/** A column of a sheet about reports: its key names it in requests and, under `documents:field`, in the header. */
export interface Field<Row> {
  key: string;
  width: number;
  cell(row: Row, words: Words): Cell;
}

const amount = (minor: number | null, currency: string): Cell =>
  minor === null ? null : number(majorUnits(minor, currency), minorDigits(currency));

const choice = (list: string, value: string | null, words: Words): Cell =>
  value === null ? null : text(words(`vocabulary:${list}.${value}`));

const lines = (parts: readonly string[]): Cell => text(parts.join('\n'));

const people = (report: ReportRow, side: 'customer' | 'bank', words: Words): Cell =>
  text(
    report.participants
      .filter((one) => one.side === side)
      .map((one) => (one.role ? `${one.name} (${one.role})` : one.name))
      .join(words('documents:list.separator')),
  );

const minutesOf = ({ visitedAt, endedAt }: ReportRow): number | null =>
  endedAt === null ? null : Math.round((Date.parse(endedAt) - Date.parse(visitedAt)) / 60_000);

/** Which report a line belongs to. */
const NAMING: Field<ReportRow>[] = [
  { key: 'visitedOn', width: 12, cell: (r) => date(plainDate(r.visitedAt, r.zone)) },
  { key: 'customer', width: 24, cell: (r) => text(r.customerName) },
  { key: 'title', width: 30, cell: (r) => text(r.title) },
];

export const REPORT_FIELDS: Field<ReportRow>[] = [
  ...NAMING,
  { key: 'startedAt', width: 17, cell: (r) => moment(wallTime(r.visitedAt, r.zone)) },
  { key: 'endedAt', width: 17, cell: (r) => moment(r.endedAt && wallTime(r.endedAt, r.zone)) },
  { key: 'minutes', width: 10, cell: (r) => number(minutesOf(r)) },
  { key: 'mode', width: 9, cell: (r, words) => choice('visitMode', r.mode, words) },
  { key: 'purpose', width: 14, cell: (r, words) => choice('purpose', r.purpose, words) },
  { key: 'place', width: 24, cell: (r) => text(r.place) },
  { key: 'customerSide', width: 26, cell: (r, words) => people(r, 'customer', words) },
  { key: 'bankSide', width: 22, cell: (r, words) => people(r, 'bank', words) },
  { key: 'facts', width: 40, cell: (r) => text(r.facts) },
  { key: 'discussion', width: 60, cell: (r) => text(r.discussion) },
  { key: 'confirmedSummary', width: 40, cell: (r) => text(r.confirmedSummary) },
  { key: 'needs', width: 36, cell: (r) => lines(r.needs.map((need) => need.text)) },
  {
    key: 'nextSteps',
    width: 36,
    cell: (r) => lines(r.nextSteps.map((step) => [step.dueOn, step.text].filter(Boolean).join(' '))),
  },
  {
    key: 'promises',
    width: 36,
    cell: (r) => lines(r.promises.map((one) => [one.dueOn, one.text].filter(Boolean).join(' '))),
  },
  { key: 'nextHook', width: 30, cell: (r) => text(r.nextHook) },
  { key: 'state', width: 9, cell: (r, words) => choice('reportState', r.state, words) },
  { key: 'version', width: 8, cell: (r) => number(r.version) },
  { key: 'signedBy', width: 14, cell: (r) => text(r.signedBy) },
  { key: 'signedAt', width: 17, cell: (r) => moment(r.signedAt && wallTime(r.signedAt, r.zone)) },
  { key: 'contentHash', width: 20, cell: (r) => text(r.contentHash) },
];

/** A line below a report, together with the report. */
type Of<T> = { report: ReportRow; one: T };

const naming = <T>(): Field<Of<T>>[] =>
  NAMING.map((field) => ({ ...field, cell: ({ report }, words) => field.cell(report, words) }));

export const NEED_FIELDS: Field<Of<ReportRow['needs'][number]>>[] = [
  ...naming<ReportRow['needs'][number]>(),
  { key: 'needs', width: 50, cell: ({ one }) => text(one.text) },
  { key: 'category', width: 12, cell: ({ one }, words) => choice('need', one.category, words) },
  { key: 'amount', width: 16, cell: ({ one }) => amount(one.amountMinor, one.currency) },
  { key: 'currency', width: 8, cell: ({ one }) => (one.amountMinor === null ? null : text(one.currency)) },
];

export const STEP_FIELDS: Field<Of<ReportRow['nextSteps'][number]>>[] = [
  ...naming<ReportRow['nextSteps'][number]>(),
  { key: 'nextSteps', width: 50, cell: ({ one }) => text(one.text) },
  { key: 'who', width: 10, cell: ({ one }, words) => choice('promiseMaker', one.who, words) },
  { key: 'dueOn', width: 12, cell: ({ one }) => date(one.dueOn) },
];

export const PROMISE_FIELDS: Field<Of<ReportRow['promises'][number]>>[] = [
  ...naming<ReportRow['promises'][number]>(),
  { key: 'promises', width: 50, cell: ({ one }) => text(one.text) },
  { key: 'madeBy', width: 10, cell: ({ one }, words) => choice('promiseMaker', one.madeBy, words) },
  { key: 'madeOn', width: 12, cell: ({ one }) => date(one.madeOn) },
  { key: 'dueOn', width: 12, cell: ({ one }) => date(one.dueOn) },
  { key: 'level', width: 10, cell: ({ one }, words) => choice('promiseLevel', one.level, words) },
  { key: 'status', width: 10, cell: ({ one }, words) => choice('promiseStatus', one.status, words) },
  { key: 'settledOn', width: 12, cell: ({ one }) => date(one.settledOn) },
];
