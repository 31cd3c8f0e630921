import { IconCheck } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import type { CustomerRow } from '#shared/contracts/customers.ts';
import { CHOICE_WORDS } from '#shared/presentation/choice-words.ts';
import {
  formatDate,
  formatDateTime,
  formatDay,
  formatInteger,
  formatMoney,
  formatMoneyShort,
  formatRelativeDay,
} from '../../app/format.ts';
import classes from './Cells.module.css';
import { fieldType } from './filter-edit.ts';

/** A tag as a cell shows it. */
export interface TagWords {
  name: string;
  color: string;
}
export interface CellWords {
  t: TFunction<'customers'>;
  tags: ReadonlyMap<string, TagWords>;
}

const WIDTHS: Record<string, number> = {
  name: 260,
  contactState: 150,
  lastContactAt: 160,
  nextVisitAt: 130,
  balance: 120,
  nextMaturityOn: 130,
  completeness: 110,
  tags: 180,
  phone: 140,
  address: 220,
  employer: 180,
  industry: 150,
};
const NARROW = new Set(['number', 'flag', 'days']);

export const columnWidth = (name: string, widths: Record<string, number>): number =>
  widths[name] ?? WIDTHS[name] ?? (NARROW.has(fieldType(name)) ? 100 : 130);

const RIGHT = new Set(['number', 'money', 'days']);
export const isRight = (name: string): boolean => name !== 'completeness' && RIGHT.has(fieldType(name));

/** What a column is called; columns of an import by their own name. */
export const columnLabel = (t: TFunction<'customers'>, name: string): string =>
  name.startsWith('custom:') ? name.slice('custom:'.length) : t(`documents:column.${name}`);

const fieldValue = (row: CustomerRow, name: string): unknown =>
  name in row ? row[name as keyof CustomerRow] : row.more[name];

const TONE: Record<CustomerRow['contactState'], string> = {
  overdue: 'risk',
  due: 'soon',
  soon: 'soon',
  ok: 'plain',
  none: 'muted',
};

const NextContact = ({ row, t }: { row: CustomerRow; t: TFunction<'customers'> }) => (
  <span
    className={classes.state}
    data-tone={TONE[row.contactState]}
    title={row.dueOn ? formatDate(row.dueOn) : undefined}
  >
    <i className={classes.dot} aria-hidden />
    {row.contactState === 'none' || !row.dueOn
      ? t('vocabulary:contactState.none')
      : t(`contact.${row.contactState}`, { when: formatRelativeDay(row.dueOn), day: formatDay(row.dueOn) })}
  </span>
);

const Completeness = ({ percent }: { percent: number }) => (
  <span className={classes.completeness}>
    <span className={classes.bar} aria-hidden>
      <span style={{ width: `${percent}%` }} />
    </span>
    <span className="tnum">{percent}%</span>
  </span>
);

const Tags = ({ ids, tags }: { ids: string[]; tags: CellWords['tags'] }) => (
  <span className={classes.tags}>
    {ids.map((id) => {
      const tag = tags.get(id);
      return (
        tag && (
          <span key={id} className={classes.tag} data-color={tag.color}>
            {tag.name}
          </span>
        )
      );
    })}
  </span>
);

const when = (value: string, time = false): ReactNode => (
  <span className="tnum" title={time ? formatDateTime(value) : formatDate(value)}>
    {formatDay(value)}
  </span>
);

const plain = (value: unknown, name: string, t: TFunction<'customers'>): ReactNode => {
  if (value === null || value === undefined || value === '') return null;
  switch (fieldType(name)) {
    case 'choice':
      return t(`vocabulary:${CHOICE_WORDS[name]}.${String(value)}`);
    case 'date':
      return when(String(value));
    case 'flag':
      return value ? <IconCheck size={16} stroke={1.6} aria-label={columnLabel(t, name)} /> : null;
    case 'number':
    case 'days':
      return value === 0 ? null : <span className="tnum">{formatInteger(Number(value))}</span>;
    default:
      return String(value);
  }
};

/** What a column shows of a row. The name has a cell of its own. */
export const cellOf = (row: CustomerRow, name: string, { t, tags }: CellWords): ReactNode => {
  switch (name) {
    case 'contactState':
      return <NextContact row={row} t={t} />;
    case 'lastContactAt':
      return row.lastContactAt ? (
        <span title={formatDateTime(row.lastContactAt)}>
          {formatRelativeDay(row.lastContactAt)}{' '}
          <span className="muted">
            {row.lastContactKind && t(`vocabulary:interaction.${row.lastContactKind}`)}
          </span>
        </span>
      ) : null;
    case 'nextVisitAt':
      return row.nextVisitAt && when(row.nextVisitAt, true);
    case 'balance':
      return row.balanceMinor === null ? null : (
        <span className="tnum" title={formatMoney(row.balanceMinor, row.currency)}>
          {formatMoneyShort(row.balanceMinor, row.currency)}
        </span>
      );
    case 'completeness':
      return <Completeness percent={row.completeness} />;
    case 'tags':
      return row.tags.length > 0 && <Tags ids={row.tags} tags={tags} />;
    case 'phone':
      return row.phone && <span className="tnum">{row.phone}</span>;
    default:
      return plain(fieldValue(row, name), name, t);
  }
};
