import { Modal } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useBookQuery } from '../../app/queries.ts';
import { useUi } from '../../app/ui-state.ts';
import { matchCommands } from './commands.ts';
import { hitEntries } from './hits.ts';
import classes from './Palette.module.css';
import { type PaletteEntry, PaletteItem } from './PaletteItem.tsx';

const HITS = 30;

/** One box for everything: records by any of their words, and every command of the app (Ctrl+K). */
export const Palette = () => {
  const open = useUi((ui) => ui.palette);
  const set = useUi((ui) => ui.set);
  const { t } = useTranslation('palette');
  return (
    <Modal.Root
      opened={open}
      onClose={() => set({ palette: false })}
      size={640}
      yOffset="12vh"
      transitionProps={{ duration: 0 }}
    >
      <Modal.Overlay backgroundOpacity={0.35} />
      <Modal.Content aria-label={t('label')}>
        <Modal.Body p={0}>
          <PaletteBody onClose={() => set({ palette: false })} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
};

const PaletteBody = ({ onClose }: { onClose(): void }) => {
  const { t } = useTranslation('palette');
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const [awaited, setAwaited] = useState(false);
  const list = useRef<HTMLDivElement>(null);
  const [query] = useDebouncedValue(text.trim(), 40);
  const recent = useBookQuery('customer.suggest', { text: '', limit: 6 }, { enabled: query === '' });
  const found = useBookQuery(
    'search.query',
    { text: query, limit: HITS },
    { enabled: query !== '', keepPrevious: true, gcTime: 10_000 },
  );

  const entries: PaletteEntry[] = useMemo(() => {
    const commands = matchCommands(text, t, navigate);
    if (text.trim() === '') {
      const customers = (recent.data?.rows ?? []).map((row) => ({
        id: row.id,
        group: 'recent' as const,
        kind: 'customer',
        title: [row.name],
        line: [row.detail],
        run: () => void navigate(`/customers/${row.id}`),
      }));
      return [...customers, ...commands];
    }
    const hits = hitEntries(found.data?.hits ?? [], navigate);
    return hits.length > 3
      ? [...hits, ...commands]
      : [...commands, ...hits].sort((a, b) => Number(a.group === 'command') - Number(b.group === 'command'));
  }, [text, t, navigate, recent.data, found.data]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new text starts at the top again
  useEffect(() => setChosen(0), [query]);
  useEffect(() => {
    list.current?.querySelector(`[data-index="${chosen}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);

  const run = (entry: PaletteEntry | undefined): void => {
    if (!entry) return;
    onClose();
    entry.run();
  };
  // who types fast presses Enter before the answer is there: it counts for the answer, not for what stood there before
  const settled = text.trim() === query && !found.isPlaceholderData && !found.isFetching;
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the awaited answer has come
  useEffect(() => {
    if (!awaited || !settled) return;
    setAwaited(false);
    run(entries[0]);
  }, [awaited, settled]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const last = entries.length - 1;
    const moves: Record<string, number> = {
      ArrowDown: Math.min(last, chosen + 1),
      ArrowUp: Math.max(0, chosen - 1),
      PageDown: Math.min(last, chosen + 8),
      PageUp: Math.max(0, chosen - 8),
    };
    const next = moves[event.key];
    if (next !== undefined) {
      event.preventDefault();
      setChosen(next);
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      if (settled) run(entries[chosen]);
      else setAwaited(true);
    }
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the box move the choice in the list
    <div onKeyDown={onKeyDown}>
      <div className={classes.box}>
        <IconSearch size={18} stroke={1.6} aria-hidden />
        <input
          className={classes.input}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          placeholder={t('placeholder')}
          aria-label={t('label')}
          role="combobox"
          aria-expanded
          aria-controls="palette-list"
          aria-activedescendant={entries[chosen] ? `palette-${chosen}` : undefined}
          data-autofocus
          autoFocus
        />
        <kbd>Esc</kbd>
      </div>
      <div className={classes.list} id="palette-list" role="listbox" aria-label={t('label')} ref={list}>
        {entries.map((entry, index) => (
          <PaletteItem
            key={`${entry.group}${entry.id}`}
            entry={entry}
            index={index}
            chosen={index === chosen}
            head={entries[index - 1]?.group !== entry.group}
            onChoose={() => run(entry)}
            onHover={() => setChosen(index)}
          />
        ))}
        {entries.length === 0 && query !== '' && !found.isFetching && (
          <p className={classes.none}>{t('none', { text: query })}</p>
        )}
      </div>
      <div className={classes.foot}>{t('foot')}</div>
    </div>
  );
};
