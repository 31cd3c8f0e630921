import { Modal, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useUi } from '../../app/ui-state.ts';

const SHORTCUTS: readonly [keys: string, id: string][] = [
  ['Ctrl K', 'palette'],
  ['Ctrl L', 'logCall'],
  ['Ctrl Shift V', 'planVisit'],
  ['Ctrl Shift N', 'newCustomer'],
  ['Ctrl Z', 'undo'],
  ['Alt 1 … 8', 'places'],
  ['Alt ← / →', 'history'],
  ['↑ ↓', 'lines'],
  ['Alt H', 'recordHistory'],
  ['Enter', 'open'],
  ['Space', 'quickLook'],
  ['Ctrl Enter', 'save'],
  ['Esc', 'close'],
  ['?', 'this'],
];

/** The keys that work everywhere. */
export const Shortcuts = () => {
  const { t } = useTranslation('palette');
  const open = useUi((ui) => ui.shortcuts);
  const set = useUi((ui) => ui.set);
  return (
    <Modal opened={open} onClose={() => set({ shortcuts: false })} title={t('shortcuts')} size="md">
      <Table verticalSpacing={6}>
        <Table.Tbody>
          {SHORTCUTS.map(([keys, id]) => (
            <Table.Tr key={id}>
              <Table.Td w={150}>
                <kbd>{keys}</kbd>
              </Table.Td>
              <Table.Td>{t(`keys.${id}`)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
};
