// biome-ignore-all lint/a11y/useSemanticElements: only rows in sight exist, which a table element cannot lay out
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid keeps the focus and names the active row
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isSortable, moveColumn, nextSort, type Sort } from './column-order.ts';
import { columnLabel, isRight } from './columns.tsx';
import classes from './Table.module.css';

interface Props {
  columns: readonly string[];
  sort: Sort;
  widthOf(name: string): number;
  allSelected: boolean | 'some';
  onSelectAll(): void;
  onSort(sort: Sort): void;
  onMove(columns: string[]): void;
  /** While dragging, `done` is false. */
  onResize(index: number, width: number, done: boolean): void;
}

const NARROWEST = 64;
const WIDEST = 800;
const STEP = 16;
const clamp = (width: number): number => Math.round(Math.min(WIDEST, Math.max(NARROWEST, width)));

/** Column names: a click sorts, shift adds a column to the order, the edge resizes, dragging moves. */
export const Header = (props: Props) => {
  const { columns, sort, onMove, onSort, onResize, widthOf } = props;
  const { t } = useTranslation('customers');
  const [dragged, setDragged] = useState<number | null>(null);
  const [over, setOver] = useState<number | null>(null);

  const startResize = (event: PointerEvent<HTMLElement>, index: number): void => {
    event.preventDefault();
    const edge = event.currentTarget;
    const from = event.clientX - widthOf(columns[index] ?? '');
    edge.setPointerCapture(event.pointerId);
    const move = (at: globalThis.PointerEvent) => onResize(index, clamp(at.clientX - from), false);
    const stop = (at: globalThis.PointerEvent) => {
      edge.removeEventListener('pointermove', move);
      onResize(index, clamp(at.clientX - from), true);
    };
    edge.addEventListener('pointermove', move);
    edge.addEventListener('pointerup', stop, { once: true });
  };

  const onKeyDown = (event: KeyboardEvent<HTMLButtonElement>, index: number): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    const name = columns[index] ?? '';
    if (step === 0) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.altKey) onMove(moveColumn(columns, index, index + step));
    else if (event.shiftKey) onResize(index, clamp(widthOf(name) + step * STEP), true);
    else {
      const head = event.currentTarget.closest('[role=row]');
      head?.querySelectorAll<HTMLElement>('[data-head]')[index + step]?.focus();
    }
  };

  return (
    <div role="row" aria-rowindex={1} className={classes.headRow}>
      {columns.map((name, index) => {
        const at = sort.findIndex((key) => key.column === name);
        const key = sort[at];
        const Arrow = key?.descending ? IconArrowDown : IconArrowUp;
        return (
          <div
            key={name}
            role="columnheader"
            aria-colindex={index + 1}
            aria-sort={key ? (key.descending ? 'descending' : 'ascending') : 'none'}
            className={index === 0 ? classes.first : classes.cell}
            data-right={isRight(name) || undefined}
            data-over={(over === index && dragged !== null && dragged !== index) || undefined}
            style={{ width: `var(--w${index})` }}
            draggable={index > 0}
            onDragStart={() => setDragged(index)}
            onDragOver={(event) => {
              event.preventDefault();
              setOver(index);
            }}
            onDragEnd={() => {
              setDragged(null);
              setOver(null);
            }}
            onDrop={() => dragged !== null && onMove(moveColumn(columns, dragged, index))}
          >
            {index === 0 && (
              <input
                type="checkbox"
                className={classes.check}
                checked={props.allSelected === true}
                ref={(box) => {
                  if (box) box.indeterminate = props.allSelected === 'some';
                }}
                onChange={props.onSelectAll}
                aria-label={t('table.selectAll')}
              />
            )}
            <button
              type="button"
              className={classes.headButton}
              data-head
              tabIndex={index === 0 ? 0 : -1}
              aria-disabled={!isSortable(name)}
              onKeyDown={(event) => onKeyDown(event, index)}
              onClick={(event) => isSortable(name) && onSort(nextSort(sort, name, event.shiftKey))}
            >
              <span className="truncate">{columnLabel(t, name)}</span>
              {key && <Arrow size={14} stroke={1.8} aria-hidden />}
              {key && sort.length > 1 && <small className="tnum">{at + 1}</small>}
            </button>
            {/* biome-ignore lint/a11y/noStaticElementInteractions: a way for the mouse; Shift and an arrow do it by key */}
            <span
              className={classes.edge}
              draggable
              onDragStart={(event) => {
                event.preventDefault();
                event.stopPropagation();
              }}
              onPointerDown={(event) => startResize(event, index)}
            />
          </div>
        );
      })}
    </div>
  );
};
