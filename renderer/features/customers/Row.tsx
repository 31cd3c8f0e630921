// biome-ignore-all lint/a11y/useSemanticElements: only rows in sight exist, which a table element cannot lay out
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid keeps the focus and names the active row
import {
  IconAlertTriangle,
  IconBuilding,
  IconCalendarPlus,
  IconPhoneOff,
  IconPhonePlus,
} from '@tabler/icons-react';
import { memo } from 'react';
import { Link } from 'react-router';
import type { CustomerRow } from '#shared/contracts/customers.ts';
import { pathOf } from '../../app/destinations.ts';
import { ClassChip } from '../../ui/ClassChip.tsx';
import { MarkSign } from '../history/MarkSign.tsx';
import type { Standing } from '../history/mark-index.ts';
import { type CellWords, cellOf, isRight } from './columns.tsx';
import classes from './Table.module.css';

interface Props {
  row: CustomerRow | undefined;
  index: number;
  columns: readonly string[];
  words: CellWords;
  active: boolean;
  selected: boolean;
  /** What is refused or in conflict on this customer or below. */
  standing: Standing | null;
}

const NameCell = ({
  row,
  words: { t },
  selected,
  standing,
}: {
  row: CustomerRow;
  words: CellWords;
  selected: boolean;
  standing: Standing | null;
}) => (
  <>
    <input
      type="checkbox"
      className={classes.check}
      checked={selected}
      readOnly
      tabIndex={-1}
      data-act="select"
      aria-label={t('row.select', { name: row.name })}
    />
    <span className={classes.chipRoom}>
      <ClassChip value={row.class} />
    </span>
    <Link className={classes.nameLink} to={pathOf('customer', row.id)} tabIndex={-1} draggable={false}>
      {row.name}
    </Link>
    {row.kind === 'company' && (
      <IconBuilding size={14} stroke={1.6} aria-label={t('vocabulary:customerKind.company')} />
    )}
    {row.doNotCall && <IconPhoneOff size={14} stroke={1.6} aria-label={t('documents:column.doNotCall')} />}
    {row.riskCount > 0 && (
      <IconAlertTriangle
        size={14}
        stroke={1.6}
        className={classes.risk}
        aria-label={t('row.risks', { count: row.riskCount })}
      />
    )}
    {standing && standing.kind !== 'waiting' && <MarkSign standing={standing} inGrid />}
    <span className={classes.rowActions}>
      <button type="button" tabIndex={-1} data-act="call" title={t('row.call')} aria-label={t('row.call')}>
        <IconPhonePlus size={16} stroke={1.6} aria-hidden />
      </button>
      <button type="button" tabIndex={-1} data-act="visit" title={t('row.visit')} aria-label={t('row.visit')}>
        <IconCalendarPlus size={16} stroke={1.6} aria-hidden />
      </button>
    </span>
  </>
);

export const rowId = (index: number): string => `customer-row-${index}`;

/** One line of the table. What is not here yet holds its place. Clicks and keys are the grid's. */
export const Row = memo(({ row, index, columns, words, active, selected, standing }: Props) => (
  <div
    id={rowId(index)}
    role="row"
    aria-rowindex={index + 2}
    aria-selected={selected}
    aria-busy={row === undefined}
    className={classes.row}
    data-index={index}
    data-active={active || undefined}
  >
    {columns.map((name, column) => (
      <div
        key={name}
        role="gridcell"
        aria-colindex={column + 1}
        className={column === 0 ? classes.first : classes.cell}
        data-right={isRight(name) || undefined}
        style={{ width: `var(--w${column})` }}
      >
        {row === undefined ? (
          <span className={classes.placeholder} data-room={column === 0 || undefined} />
        ) : column === 0 ? (
          <NameCell row={row} words={words} selected={selected} standing={standing} />
        ) : (
          cellOf(row, name, words)
        )}
      </div>
    ))}
  </div>
));
Row.displayName = 'Row';
