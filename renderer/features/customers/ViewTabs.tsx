import { ActionIcon, Button, Menu, Popover, TextInput } from '@mantine/core';
import { IconChevronDown, IconDeviceFloppy, IconPlus, IconRotate2 } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { v7 as uuid } from 'uuid';
import type { Output } from '#shared/contracts/registry.ts';
import { call } from '../../app/data-client.ts';
import { notifyDone, notifyError } from '../../app/notify.tsx';
import { queryClient, useBookQuery } from '../../app/queries.ts';
import { shownColumns, useTable } from './table-store.ts';
import classes from './ViewTabs.module.css';
import {
  BUILT_IN,
  BUILT_IN_NAMES,
  isBuiltIn,
  parseView,
  sameView,
  type TableView,
  writeView,
} from './views.ts';

type SavedView = Output<'savedView.list'>['views'][number];
type Naming = 'create' | 'rename' | null;

/** Runs a change of the saved views; what failed is said, what can be taken back offers it. */
const run = async (work: Promise<{ commandId: string }>, words?: string): Promise<boolean> => {
  try {
    const { commandId } = await work;
    if (words) notifyDone(words, commandId);
    return true;
  } catch (error) {
    notifyError(error);
    return false;
  }
};

const NameForm = ({ start, onName }: { start: string; onName(name: string): void }) => {
  const { t } = useTranslation('customers');
  const [name, setName] = useState(start);
  return (
    <form
      className={classes.nameForm}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim()) onName(name.trim());
      }}
    >
      <TextInput
        data-autofocus
        size="xs"
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        placeholder={t('views.name')}
        aria-label={t('views.name')}
      />
      <Button size="xs" type="submit" disabled={!name.trim()}>
        {t('common:action.save')}
      </Button>
    </form>
  );
};

/** The saved views of the table, the ready-made ones first; what was changed since can be saved or put back. */
export const ViewTabs = ({ children }: { children: ReactNode }) => {
  const { t } = useTranslation('customers');
  const { viewId, view } = useTable();
  const { openView, set, change } = useTable.getState();
  const { data } = useBookQuery('savedView.list', { place: 'customers' });
  const [naming, setNaming] = useState<Naming>(null);
  const saved = [...(data?.views ?? [])].sort((one, other) => one.position - other.position);
  const current = saved.find((one) => one.id === viewId);
  const base: TableView = current
    ? parseView(current.definition)
    : BUILT_IN[isBuiltIn(viewId) ? viewId : 'all'];
  const changed = (current !== undefined || isBuiltIn(viewId)) && !sameView(view, base);

  // A view that is gone (deleted here or elsewhere) leaves its rows on show as an unsaved change of "all".
  const gone = data !== undefined && !current && !isBuiltIn(viewId);
  useEffect(() => {
    if (gone) set({ viewId: 'all' });
  }, [gone, set]);

  const withColumns = (): TableView => ({ ...view, columns: [...shownColumns(useTable.getState())] });
  const create = async (name: string): Promise<void> => {
    setNaming(null);
    const id = uuid();
    const kept = withColumns();
    const position = Math.max(-1, ...saved.map((one) => one.position)) + 1;
    const fields = { name, place: 'customers' as const, definition: writeView(kept), position };
    if (!(await run(call('savedView.create', { id, fields })))) return;
    // Only a view that stands in the list can be the current one.
    await queryClient.invalidateQueries({ queryKey: ['savedView.list'] });
    set({ viewId: id });
    change({ columns: kept.columns });
  };
  const rename = async (name: string): Promise<void> => {
    setNaming(null);
    if (current) await run(call('savedView.update', { id: current.id, fields: { name } }));
  };
  const save = async (): Promise<void> => {
    if (!current) return;
    const fields = { definition: writeView(view) };
    await run(call('savedView.update', { id: current.id, fields }), t('views.saved', { name: current.name }));
  };
  const remove = async (one: SavedView): Promise<void> => {
    const work = call('savedView.remove', { ids: [one.id] });
    if (await run(work, t('views.removed', { name: one.name }))) openView('all', BUILT_IN.all);
  };
  const move = async (one: SavedView, step: 1 | -1): Promise<void> => {
    const index = saved.indexOf(one);
    const other = saved[index + step];
    if (!other) return;
    await run(call('savedView.update', { id: one.id, fields: { position: index + step } }));
    await run(call('savedView.update', { id: other.id, fields: { position: index } }));
  };

  return (
    <div className={classes.tabs}>
      <nav className={classes.list} aria-label={t('views.label')}>
        {BUILT_IN_NAMES.map((id) => (
          <button
            key={id}
            type="button"
            className={classes.tab}
            aria-current={id === viewId || undefined}
            onClick={() => openView(id, BUILT_IN[id])}
          >
            {t(`view.${id}`)}
            {id === viewId && changed && <i title={t('views.changed')}>•</i>}
          </button>
        ))}
        {saved.map((one, index) => {
          const here = one.id === viewId;
          return (
            <span key={one.id} className={classes.saved} data-here={here || undefined}>
              <Popover
                opened={here && naming === 'rename'}
                onChange={(opened) => !opened && setNaming(null)}
                trapFocus
                position="bottom-start"
              >
                <Popover.Target>
                  <button
                    type="button"
                    className={classes.tab}
                    aria-current={here || undefined}
                    onClick={() => openView(one.id, parseView(one.definition))}
                  >
                    {one.name}
                    {here && changed && <i title={t('views.changed')}>•</i>}
                  </button>
                </Popover.Target>
                <Popover.Dropdown p={8}>
                  <NameForm start={one.name} onName={(name) => void rename(name)} />
                </Popover.Dropdown>
              </Popover>
              {here && (
                <Menu position="bottom-start">
                  <Menu.Target>
                    <ActionIcon
                      size={20}
                      variant="subtle"
                      color="gray"
                      aria-label={t('views.more', { name: one.name })}
                    >
                      <IconChevronDown size={14} />
                    </ActionIcon>
                  </Menu.Target>
                  <Menu.Dropdown>
                    <Menu.Item onClick={() => setNaming('rename')}>{t('views.rename')}</Menu.Item>
                    <Menu.Item disabled={index === 0} onClick={() => void move(one, -1)}>
                      {t('views.left')}
                    </Menu.Item>
                    <Menu.Item disabled={index === saved.length - 1} onClick={() => void move(one, 1)}>
                      {t('views.right')}
                    </Menu.Item>
                    <Menu.Item color="red" onClick={() => void remove(one)}>
                      {t('common:action.delete')}
                    </Menu.Item>
                  </Menu.Dropdown>
                </Menu>
              )}
            </span>
          );
        })}
        <Popover
          opened={naming === 'create'}
          onChange={(opened) => !opened && setNaming(null)}
          trapFocus
          position="bottom-start"
        >
          <Popover.Target>
            <ActionIcon
              size={26}
              variant="subtle"
              color="gray"
              aria-label={t('views.create')}
              title={t('views.create')}
              onClick={() => setNaming('create')}
            >
              <IconPlus size={16} stroke={1.6} />
            </ActionIcon>
          </Popover.Target>
          <Popover.Dropdown p={8}>
            <NameForm start="" onName={(name) => void create(name)} />
          </Popover.Dropdown>
        </Popover>
      </nav>
      <div className={classes.tools}>
        {changed && (
          <>
            <Button
              size="compact-sm"
              variant="subtle"
              color="gray"
              leftSection={<IconRotate2 size={14} />}
              onClick={() => openView(current ? viewId : isBuiltIn(viewId) ? viewId : 'all', base)}
            >
              {t('views.restore')}
            </Button>
            <Button
              size="compact-sm"
              variant="subtle"
              leftSection={<IconDeviceFloppy size={14} />}
              onClick={() => (current ? void save() : setNaming('create'))}
            >
              {t(current ? 'views.save' : 'views.saveAs')}
            </Button>
          </>
        )}
        {children}
      </div>
    </div>
  );
};
