import { Drawer } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useUi } from '../../app/ui-state.ts';
import { LogCallForm } from './LogCallForm.tsx';

/** Logs a call or any other contact from anywhere (Ctrl+L). Closing keeps the draft. */
export const LogCallPanel = () => {
  const { t } = useTranslation('logCall');
  const start = useUi((ui) => ui.logCall);
  const set = useUi((ui) => ui.set);
  const close = () => set({ logCall: null });
  return (
    <Drawer
      opened={start !== null}
      onClose={close}
      position="right"
      size={460}
      title={t('title')}
      closeButtonProps={{ 'aria-label': t('common:action.close') }}
    >
      {start && <LogCallForm key={start.customerId ?? ''} start={start} onClose={close} />}
    </Drawer>
  );
};
