import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

/** Opens the export of what the table shows. */
export const ExportButton = ({ onExport }: { onExport(): void }) => {
  const { t } = useTranslation();
  return (
    <Button
      size="compact-sm"
      variant="subtle"
      color="gray"
      leftSection={<IconDownload size={14} stroke={1.6} />}
      onClick={onExport}
    >
      {t('action.export')}
    </Button>
  );
};
