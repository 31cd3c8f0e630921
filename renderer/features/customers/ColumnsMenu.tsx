import { Button, Checkbox, Popover, ScrollArea, TextInput } from '@mantine/core';
import { IconColumns3, IconGripVertical } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useShallow } from 'zustand/react/shallow';
import { CUSTOMER_COLUMN_NAMES } from '#shared/domain/filter.ts';
import { useBookQuery } from '../../app/queries.ts';
import classes from './ColumnsMenu.module.css';
import { DEFAULT_COLUMNS, moveColumn, toggleColumn } from './column-order.ts';
import { columnLabel } from './columns.tsx';
import { shownColumns, useTable } from './table-store.ts';

/** Which columns stand in the table, and in which order: by box, by dragging, or with Alt and an arrow. */
export const ColumnsMenu = () => {
  const { t } = useTranslation('customers');
  const shown = useTable(useShallow((table) => [...shownColumns(table)]));
  const { setColumns } = useTable.getState();
  const custom = useBookQuery('customer.customFields', {});
  const [text, setText] = useState('');
  const [dragged, setDragged] = useState<string | null>(null);
  const every = [...CUSTOMER_COLUMN_NAMES, ...(custom.data?.names ?? []).map((name) => `custom:${name}`)];
  const found = (name: string): boolean =>
    columnLabel(t, name).toLowerCase().includes(text.trim().toLowerCase());
  const listed = [...shown, ...every.filter((name) => !shown.includes(name))].filter(found);

  const move = (name: string, to: number): void => setColumns(moveColumn(shown, shown.indexOf(name), to));
  const onKeyDown = (event: KeyboardEvent<HTMLElement>, name: string): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    if (event.altKey) {
      if (shown.includes(name)) move(name, shown.indexOf(name) + step);
      return;
    }
    const boxes = [...(event.currentTarget.closest('ul')?.querySelectorAll('input') ?? [])];
    boxes[boxes.indexOf(event.target as HTMLInputElement) + step]?.focus();
  };

  return (
    <Popover position="bottom-end" width={264} trapFocus returnFocus>
      <Popover.Target>
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          leftSection={<IconColumns3 size={14} stroke={1.6} />}
        >
          {t('columns.title')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={8}>
        <TextInput
          data-autofocus
          size="xs"
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          placeholder={t('columns.find')}
          aria-label={t('columns.find')}
        />
        <ScrollArea.Autosize mah={360} mt={8} type="auto" offsetScrollbars="present">
          <ul className={classes.list}>
            {listed.map((name) => {
              const at = shown.indexOf(name);
              return (
                <li
                  key={name}
                  className={classes.column}
                  data-dragged={dragged === name || undefined}
                  draggable={at > 0}
                  onDragStart={() => setDragged(name)}
                  onDragEnd={() => setDragged(null)}
                  onDragOver={(event) => {
                    event.preventDefault();
                    if (dragged && dragged !== name && at > 0) move(dragged, at);
                  }}
                >
                  <Checkbox
                    size="xs"
                    checked={at >= 0}
                    disabled={name === 'name'}
                    label={columnLabel(t, name)}
                    onChange={() => setColumns(toggleColumn(shown, name))}
                    onKeyDown={(event) => onKeyDown(event, name)}
                  />
                  {at > 0 && <IconGripVertical size={14} stroke={1.6} aria-hidden />}
                </li>
              );
            })}
          </ul>
        </ScrollArea.Autosize>
        <div className={classes.foot}>
          <span>{t('columns.hint')}</span>
          <Button size="compact-xs" variant="subtle" onClick={() => setColumns([...DEFAULT_COLUMNS])}>
            {t('columns.reset')}
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
};
