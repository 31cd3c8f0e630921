import { Button, Popover, ScrollArea, SegmentedControl, TextInput, UnstyledButton } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { v7 as uuid } from 'uuid';
import { call } from '../../app/data-client.ts';
import { formatInteger } from '../../app/format.ts';
import { notifyError } from '../../app/notify.tsx';
import { useBookQuery } from '../../app/queries.ts';
import cells from './Cells.module.css';
import classes from './TagMenu.module.css';

interface Props {
  onTags(change: { addTags?: string[]; removeTags?: string[] }): Promise<void>;
}

const COLORS = ['teal', 'blue', 'amber', 'green', 'violet', 'red', 'gray'] as const;

/** Gives the chosen customers a tag or takes it from them; a name nobody has used yet becomes a tag. */
export const TagMenu = ({ onTags }: Props) => {
  const { t } = useTranslation('customers');
  const [opened, setOpened] = useState(false);
  const [mode, setMode] = useState<'add' | 'remove'>('add');
  const [text, setText] = useState('');
  const { data } = useBookQuery('tag.list', {}, { enabled: opened });
  const tags = data?.tags ?? [];
  const typed = text.trim();
  const shown = tags.filter((tag) => tag.name.toLowerCase().includes(typed.toLowerCase()));
  const isNew = mode === 'add' && typed !== '' && !tags.some((tag) => tag.name === typed);

  const choose = async (id: string): Promise<void> => {
    setOpened(false);
    setText('');
    await onTags(mode === 'add' ? { addTags: [id] } : { removeTags: [id] });
  };
  const create = async (): Promise<void> => {
    try {
      const id = uuid();
      const color = COLORS[tags.length % COLORS.length] ?? 'gray';
      await call('tag.create', { id, fields: { name: typed, color } });
      await choose(id);
    } catch (error) {
      notifyError(error);
    }
  };
  return (
    <Popover opened={opened} onChange={setOpened} trapFocus returnFocus position="top" width={260}>
      <Popover.Target>
        <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setOpened(!opened)}>
          {t('documents:column.tags')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={8}>
        <SegmentedControl
          size="xs"
          fullWidth
          value={mode}
          onChange={(value) => setMode(value === 'remove' ? 'remove' : 'add')}
          data={[
            { value: 'add', label: t('bulk.addTag') },
            { value: 'remove', label: t('bulk.removeTag') },
          ]}
        />
        <form
          onSubmit={(event) => {
            event.preventDefault();
            const exact = shown.find((tag) => tag.name === typed) ?? (isNew ? undefined : shown[0]);
            if (exact) void choose(exact.id);
            else if (isNew) void create();
          }}
        >
          <TextInput
            data-autofocus
            size="xs"
            mt={8}
            maxLength={40}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            placeholder={t(mode === 'add' ? 'bulk.findOrCreateTag' : 'bulk.findTag')}
            aria-label={t(mode === 'add' ? 'bulk.findOrCreateTag' : 'bulk.findTag')}
          />
        </form>
        <ScrollArea.Autosize mah={220} mt={4} type="auto">
          {shown.map((tag) => (
            <UnstyledButton key={tag.id} className={classes.tag} onClick={() => void choose(tag.id)}>
              <span className={cells.tag} data-color={tag.color}>
                {tag.name}
              </span>
              <span className="tnum muted">{formatInteger(tag.count)}</span>
            </UnstyledButton>
          ))}
          {isNew && (
            <UnstyledButton className={classes.tag} onClick={() => void create()}>
              <span>
                <IconPlus size={14} stroke={1.8} aria-hidden /> {t('bulk.createTag', { name: typed })}
              </span>
            </UnstyledButton>
          )}
          {shown.length === 0 && !isNew && <p className={classes.none}>{t('bulk.noTag')}</p>}
        </ScrollArea.Autosize>
      </Popover.Dropdown>
    </Popover>
  );
};
