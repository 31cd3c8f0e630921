import { readIdNumber } from './contacts.ts';
import { dayOf, type Moment } from './dates.ts';
import { brokenRule, type CellResult, type ReadOptions, type Target, type TargetEntity } from './fields.ts';
import { isNever } from './headers.ts';
import { saysNothing } from './numbers.ts';

type Fields = Record<string, unknown>;

export interface Problem {
  column: string;
  value: string;
  rule: string;
}

/** What a row of a file says: of a customer, of what it holds, of a contact with it. Only what is known. */
export interface ImportedRow {
  customer: Fields;
  phones: string[];
  emails: string[];
  custom: Record<string, string>;
  holding: Fields | null;
  interaction: (Fields & { date: string | null; time: string | null }) | null;
  problems: Problem[];
}

export interface ImportColumn {
  name: string;
  target: Target;
}

export interface RowOptions extends ReadOptions {
  columns: readonly ImportColumn[];
  assumeYear: number | null;
  /** Today, to place a day and month without a year in the past. */
  today: string;
}

const LONGEST_CUSTOM = 1_000;

/** The date of a day and month: in the year that is assumed, else the last time that day was. */
const dateWithoutYear = (day: number, month: number, { assumeYear, today }: RowOptions): string | null => {
  const thisYear = Number(today.slice(0, 4));
  if (assumeYear !== null) return dayOf(assumeYear, month, day);
  const recent = dayOf(thisYear, month, day);
  return recent !== null && recent <= today ? recent : dayOf(thisYear - 1, month, day);
};

const isPlain = (value: string): boolean => value.isWellFormed() && value.length <= LONGEST_CUSTOM;

/** Reads rows of one file. */
export const createRowReader = (options: RowOptions) => {
  const { columns } = options;
  const named = new Set(
    columns.flatMap(({ target }) => (target.to === 'customer' ? [target.field] : [])),
  ).has('name');

  const readCell = (
    row: ImportedRow,
    parts: Record<TargetEntity, Fields>,
    column: ImportColumn,
    raw: string,
  ): void => {
    const { target, name } = column;
    const fail = (rule: string): void => {
      row.problems.push({ column: name, value: raw.slice(0, 200), rule });
    };
    const keepBeside = (word: string): void => {
      if (!isPlain(word)) fail('badRow.tooLong');
      else if (target.to === 'interaction')
        parts.interaction.custom = { ...(parts.interaction.custom as Fields), [name.slice(0, 80)]: word };
      else row.custom[name.slice(0, 80)] = word;
    };
    if (target.to === 'skip' || saysNothing(raw)) return;
    if (target.to === 'custom') {
      if (isNever(name, raw)) return;
      if (isPlain(raw.trim())) row.custom[target.name] = raw.trim();
      else fail('badRow.tooLong');
      return;
    }
    if (target.to === 'customer' && target.field === 'idTail') {
      const facts = readIdNumber(raw);
      if (!facts) {
        fail('badRow.unfit');
        return;
      }
      parts.customer.idTail = facts.tail;
      if (facts.birthDate) parts.customer.birthDate ??= facts.birthDate;
      if (facts.gender) parts.customer.gender ??= facts.gender;
      return;
    }
    const result: CellResult = target.read(raw, options);
    if ('rule' in result) fail(result.rule);
    else if ('keep' in result) keepBeside(result.keep);
    else if (target.to === 'customer' && target.field === 'phones')
      row.phones.push(...(result.value as string[]));
    else if (target.to === 'customer' && target.field === 'emails')
      row.emails.push(...(result.value as string[]));
    else {
      const broken = brokenRule(target.to, target.field, result.value);
      if (broken) fail(broken);
      else parts[target.to][target.field] = result.value;
    }
  };

  const interactionOf = (row: ImportedRow, fields: Fields): ImportedRow['interaction'] => {
    const { at, day, month, ...rest } = fields as Fields & { at?: Moment; day?: number; month?: number };
    if (at) return { ...rest, date: at.date, time: at.time };
    if (day !== undefined && month !== undefined) {
      const date = dateWithoutYear(day, month, options);
      if (!date) row.problems.push({ column: nameOf('day'), value: `${month}-${day}`, rule: 'badRow.date' });
      return { ...rest, date, time: null };
    }
    return rest.summary === undefined ? null : { ...rest, date: null, time: null };
  };
  const nameOf = (field: string): string =>
    columns.find(({ target }) => target.to === 'interaction' && target.field === field)?.name ?? '';

  return {
    /** Whether some column gives the name. */
    named,
    read(cells: readonly string[]): ImportedRow {
      const row: ImportedRow = {
        customer: {},
        phones: [],
        emails: [],
        custom: {},
        holding: null,
        interaction: null,
        problems: [],
      };
      const parts: Record<TargetEntity, Fields> = { customer: row.customer, holding: {}, interaction: {} };
      for (const [n, column] of columns.entries()) readCell(row, parts, column, cells[n] ?? '');
      for (const extra of cells.slice(columns.length))
        if (extra.trim() !== '')
          row.problems.push({ column: '', value: extra.slice(0, 200), rule: 'badRow.tooManyColumns' });
      if (named && row.customer.name === undefined)
        row.problems.push({
          column:
            columns.find(({ target }) => target.to === 'customer' && target.field === 'name')?.name ?? '',
          value: '',
          rule: 'badRow.required',
        });
      if (Object.keys(parts.holding).length > 0) row.holding = parts.holding;
      if (Object.keys(parts.interaction).length > 0) row.interaction = interactionOf(row, parts.interaction);
      return row;
    },
  };
};
