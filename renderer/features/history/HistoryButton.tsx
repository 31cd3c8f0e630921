import { ActionIcon, Tooltip } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type HistorySubject, useUi } from '../../app/ui-state.ts';
import { recordProps } from './record-props.ts';

/** The clock in the head of a record: every value it had. Alt+H opens it too. */
export const HistoryButton = ({ entity, id, label, size = 30 }: HistorySubject & { size?: number }) => {
  const { t } = useTranslation('history');
  return (
    <Tooltip label={`${t('title')}  Alt+H`}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={size}
        aria-label={t('open', { label: label || t(`vocabulary:entity.${entity}` as string) })}
        aria-keyshortcuts="Alt+H"
        onClick={() => useUi.getState().set({ history: { entity, id, label } })}
        {...recordProps(entity, id, label)}
      >
        <IconHistory size={16} stroke={1.6} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
};
