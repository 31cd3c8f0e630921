import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Customer } from '#shared/domain/entities/index.ts';
import { notifyDone, notifyError } from '../../app/notify.tsx';
import { useBookCommand } from '../../app/queries.ts';
import { CustomerPicker } from '../../ui/CustomerPicker.tsx';

interface Props {
  customer: Customer;
  opened: boolean;
  onClose(): void;
}

/** Brings a duplicate into the record that stays. One undo separates them again. */
export const MergeInto = ({ customer, opened, onClose }: Props) => {
  const { t } = useTranslation('customer');
  const [target, setTarget] = useState<string | null>(null);
  const merge = useBookCommand('customer.merge');
  const navigate = useNavigate();
  const run = async (): Promise<void> => {
    if (!target) return;
    try {
      const { commandId } = await merge.mutateAsync({ intoId: target, fromId: customer.id });
      onClose();
      void navigate(`/customers/${target}`);
      notifyDone(t('merged', { name: customer.name }), commandId);
    } catch (error) {
      notifyError(error);
    }
  };
  return (
    <Modal opened={opened} onClose={onClose} title={t('merge')}>
      <Stack>
        <Text size="sm">{t('mergeText', { name: customer.name })}</Text>
        <CustomerPicker
          label={t('mergeInto')}
          value={target}
          onChange={setTarget}
          error={target === customer.id ? t('mergeSelf') : undefined}
          data-autofocus
        />
        <Group>
          <Button
            disabled={!target || target === customer.id}
            loading={merge.isPending}
            onClick={() => void run()}
          >
            {t('mergeDo')}
          </Button>
          <Button variant="subtle" color="gray" onClick={onClose}>
            {t('common:action.cancel')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
};
