import { Button, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { call } from '../../app/data-client.ts';
import { formatDateTime, formatInteger } from '../../app/format.ts';
import { notifyDone, notifyError } from '../../app/notify.tsx';
import { useBookQuery } from '../../app/queries.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';

/** What was imported; each import can be taken back whole. */
export const ImportsSection = () => {
  const { t } = useTranslation('settings');
  const navigate = useNavigate();
  const { data } = useBookQuery('import.list', {});
  const undo = async (id: string): Promise<void> => {
    try {
      await call('import.undo', { id });
      notifyDone(t('imports.undoing'));
    } catch (error) {
      notifyError(error);
    }
  };
  if (!data) return null;
  if (data.imports.length === 0)
    return (
      <EmptyState
        text={t('imports.empty')}
        action={{ label: t('common:create.import'), run: () => void navigate('/import') }}
      />
    );
  return (
    <Table verticalSpacing={6} fz={13}>
      <Table.Tbody>
        {data.imports.map((one) => (
          <Table.Tr key={one.id}>
            <Table.Td className="tnum">{formatDateTime(one.at)}</Table.Td>
            <Table.Td>{one.fileName}</Table.Td>
            <Table.Td className="muted">
              {t('imports.counts', {
                created: formatInteger(one.counts.created),
                updated: formatInteger(one.counts.updated),
                bad: formatInteger(one.counts.bad),
              })}
            </Table.Td>
            <Table.Td>{t(`imports.state.${one.state}`)}</Table.Td>
            <Table.Td>
              {(one.state === 'done' || one.state === 'cancelled' || one.state === 'failed') && (
                <Button size="compact-sm" variant="default" onClick={() => void undo(one.id)}>
                  {t('common:undo.action')}
                </Button>
              )}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
};
