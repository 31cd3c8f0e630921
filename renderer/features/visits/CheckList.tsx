import { ActionIcon, Button, Checkbox, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Visits.module.css';

interface Item {
  text: string;
  done: boolean;
}
interface Props {
  label: string;
  hint: string;
  items: Item[];
  /** Offered while the list is empty. */
  suggestions?: string[];
  onChange(items: Item[]): void;
}

/** A list to tick off; Enter adds a line. */
export const CheckList = ({ label, hint, items, suggestions, onChange }: Props) => {
  const { t } = useTranslation('visits');
  const [text, setText] = useState('');
  const add = (): void => {
    if (!text.trim()) return;
    onChange([...items, { text: text.trim(), done: false }]);
    setText('');
  };
  return (
    <div>
      <TextInput
        label={label}
        placeholder={hint}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
          event.preventDefault();
          add();
        }}
        onBlur={add}
      />
      <div className={classes.checks}>
        {items.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines may repeat; their place is their identity
          <div key={index} className={classes.check}>
            <Checkbox
              size="xs"
              checked={item.done}
              label={item.text}
              onChange={(event) =>
                onChange(
                  items.map((one, at) =>
                    at === index ? { ...one, done: event.currentTarget.checked } : one,
                  ),
                )
              }
              style={{ flex: 1 }}
            />
            <ActionIcon
              size="sm"
              variant="subtle"
              color="gray"
              aria-label={t('removeLine', { text: item.text })}
              onClick={() => onChange(items.filter((_, at) => at !== index))}
            >
              <IconX size={14} />
            </ActionIcon>
          </div>
        ))}
        {items.length === 0 && suggestions && (
          <Button
            size="compact-sm"
            variant="subtle"
            w="fit-content"
            onClick={() => onChange(suggestions.map((line) => ({ text: line, done: false })))}
          >
            {t('useKit')}
          </Button>
        )}
      </div>
    </div>
  );
};
