import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { endOfMonth, startOfMonth } from 'date-fns';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toPlainDate } from '../../app/format.ts';
import type { Language } from '../../app/i18n.ts';
import { notifyDone, notifyError } from '../../app/notify.tsx';
import { shell } from '../../app/shell-client.ts';
import { DateField } from '../../ui/DateField.tsx';

interface Props {
  opened: boolean;
  onClose(): void;
}

/** A printable list of the visits and reports of a period, as PDF. */
export const PrintList = ({ opened, onClose }: Props) => {
  const { t, i18n } = useTranslation('reports');
  const [from, setFrom] = useState<string | null>(toPlainDate(startOfMonth(new Date())));
  const [to, setTo] = useState<string | null>(toPlainDate(endOfMonth(new Date())));
  const [busy, setBusy] = useState(false);
  const wrong = from !== null && to !== null && to < from;
  const print = async (): Promise<void> => {
    if (!from || !to || wrong) return;
    setBusy(true);
    try {
      const chosen = await shell('shell.chooseSave', {
        purpose: 'exportPdf',
        suggested: `${t('listName')}-${from}-${to}.pdf`,
      });
      if (!chosen) return;
      const { pages } = await shell('shell.printList', {
        file: chosen.file,
        from,
        to,
        language: i18n.language as Language,
      });
      onClose();
      notifyDone(t('listSaved', { count: pages }));
      await shell('shell.showFile', { file: chosen.file });
    } catch (error) {
      notifyError(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened={opened} onClose={onClose} title={t('listTitle')}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('listText')}
        </Text>
        <Group grow align="flex-start">
          <DateField
            label={t('from')}
            value={from}
            onChange={setFrom}
            error={from ? undefined : t('validation:required')}
          />
          <DateField
            label={t('to')}
            value={to}
            onChange={setTo}
            error={wrong ? t('validation:order') : to ? undefined : t('validation:required')}
          />
        </Group>
        <Button w="fit-content" loading={busy} disabled={!from || !to || wrong} onClick={() => void print()}>
          {t('exportDo')}
        </Button>
      </Stack>
    </Modal>
  );
};
