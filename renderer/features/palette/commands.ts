import type { TFunction } from 'i18next';
import type { NavigateFunction } from 'react-router';
import { createActions } from '../../app/create-actions.ts';
import { call } from '../../app/data-client.ts';
import { destinations } from '../../app/destinations.ts';
import { notifyError } from '../../app/notify.tsx';
import { shell } from '../../app/shell-client.ts';
import { useUi } from '../../app/ui-state.ts';
import { undoLast } from '../../app/undo.ts';
import type { PaletteEntry } from './PaletteItem.tsx';

interface Command {
  id: string;
  label: string;
  /** More words it is found by, in any language. */
  words: string;
  keys?: string | null;
  run(): void;
}

const guard = (work: Promise<unknown>): void => void work.catch(notifyError);

/** Every command of the app, under its label. */
const allCommands = (t: TFunction<'palette'>, navigate: NavigateFunction): Command[] => [
  ...createActions.map((action) => ({
    id: action.id,
    label: t(`common:create.${action.id}`),
    words: action.id,
    keys: action.keys,
    run: () => action.run(navigate),
  })),
  ...destinations.map((place, index) => ({
    id: `go-${place.id}`,
    label: t('go', { place: t(`common:nav.${place.id}`) }),
    words: `go ${place.id}`,
    keys: `Alt ${index + 1}`,
    run: () => void navigate(place.path),
  })),
  { id: 'undo', label: t('undo'), words: 'undo', keys: 'Ctrl Z', run: () => guard(undoLast()) },
  { id: 'backup', label: t('backup'), words: 'backup', run: () => guard(call('backup.now', {})) },
  {
    id: 'syncNow',
    label: t('syncNow'),
    words: 'sync now',
    run: () => {
      void navigate('/sync');
      guard(call('sync.now', {}));
    },
  },
  {
    id: 'syncRefused',
    label: t('syncRefused'),
    words: 'sync refused',
    run: () => void navigate('/sync/refused'),
  },
  {
    id: 'syncConflicts',
    label: t('syncConflicts'),
    words: 'sync conflict',
    run: () => void navigate('/sync/conflicts'),
  },
  {
    id: 'server',
    label: t('server'),
    words: 'connect server sign in',
    run: () => void navigate('/settings/server'),
  },
  {
    id: 'dark',
    label: t('dark'),
    words: 'dark theme',
    run: () => guard(shell('shell.setTheme', { theme: 'dark' })),
  },
  {
    id: 'light',
    label: t('light'),
    words: 'light theme',
    run: () => guard(shell('shell.setTheme', { theme: 'light' })),
  },
  {
    id: 'systemTheme',
    label: t('systemTheme'),
    words: 'system theme',
    run: () => guard(shell('shell.setTheme', { theme: 'system' })),
  },
  {
    id: 'backups',
    label: t('backups'),
    words: 'restore backup',
    run: () => void navigate('/settings/backups'),
  },
  {
    id: 'about',
    label: t('about'),
    words: 'about version licence',
    run: () => void navigate('/settings/about'),
  },
  {
    id: 'shortcuts',
    label: t('shortcuts'),
    words: 'keyboard shortcuts',
    keys: '?',
    run: () => useUi.getState().set({ shortcuts: true }),
  },
];

/** The label with the matched part marked, as alternating plain and matched pieces. */
const markMatch = (label: string, text: string): string[] => {
  const at = label.toLowerCase().indexOf(text.toLowerCase());
  return at < 0 || text === ''
    ? [label]
    : [label.slice(0, at), label.slice(at, at + text.length), label.slice(at + text.length)];
};

/** Commands whose label or words hold every part of the text; all of them for an empty text. */
export const matchCommands = (
  text: string,
  t: TFunction<'palette'>,
  navigate: NavigateFunction,
): PaletteEntry[] => {
  const parts = text.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return allCommands(t, navigate)
    .filter((command) =>
      parts.every((part) => `${command.label} ${command.words}`.toLowerCase().includes(part)),
    )
    .map((command) => ({
      id: command.id,
      group: 'command',
      kind: 'command',
      title: markMatch(command.label, text.trim()),
      line: [],
      keys: command.keys ?? null,
      run: command.run,
    }));
};
