import { Button, Tabs } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { v7 as uuid } from 'uuid';
import { call } from '../../app/data-client.ts';
import { formatInteger, toPlainDate } from '../../app/format.ts';
import { i18n, languageOf } from '../../app/i18n.ts';
import { notifyError, say } from '../../app/notify.tsx';
import { shell } from '../../app/shell-client.ts';
import { ConflictList } from './ConflictList.tsx';
import { DeviceList } from './DeviceList.tsx';
import { HistoryList } from './HistoryList.tsx';
import { RefusedList } from './RefusedList.tsx';
import { StatePanel } from './StatePanel.tsx';
import classes from './Sync.module.css';
import { useSyncState } from './useSyncState.ts';
import { WaitingList } from './WaitingList.tsx';

const TABS = {
  waiting: WaitingList,
  refused: RefusedList,
  conflicts: ConflictList,
  history: HistoryList,
  devices: DeviceList,
} as const;
type TabName = keyof typeof TABS;
const isTab = (name: string | undefined): name is TabName => name !== undefined && Object.hasOwn(TABS, name);

const exportList = async (): Promise<void> => {
  try {
    const suggested = `${i18n.t('sync:fileName', { date: toPlainDate(new Date()) })}.txt`;
    const file = await shell('shell.chooseSave', { purpose: 'outbox', suggested });
    if (!file) return;
    const language = languageOf(i18n.language);
    const { items } = await call('sync.exportOutbox', { file: file.file, language }, uuid());
    say({ message: i18n.t('sync:exported', { count: items }) });
    await shell('shell.showFile', { file: file.file });
  } catch (error) {
    notifyError(error);
  }
};

/** 同步: how it stands, what waits, what was refused, what conflicts, and what became of all that. */
export const SyncPage = () => {
  const { t } = useTranslation('sync');
  const navigate = useNavigate();
  const { tab } = useParams();
  const state = useSyncState();
  if (!state) return null;
  const counts: Partial<Record<TabName, number>> = {
    waiting: state.waiting,
    refused: state.refused,
    conflicts: state.conflicts,
  };
  const pressing = (['refused', 'conflicts'] as const).find((name) => (counts[name] ?? 0) > 0);
  const shown = isTab(tab) ? tab : (pressing ?? 'waiting');
  const List = TABS[shown];
  return (
    <div className={classes.page}>
      <StatePanel state={state} />
      <Tabs
        value={shown}
        onChange={(next) => next && void navigate(`/sync/${next}`, { replace: true })}
        keepMounted={false}
      >
        <div className={classes.bar}>
          <Tabs.List className={classes.tabs}>
            {(Object.keys(TABS) as TabName[]).map((name) => {
              const count = counts[name] ?? 0;
              return (
                <Tabs.Tab
                  key={name}
                  value={name}
                  rightSection={
                    count > 0 && (
                      <span className={classes.count} data-decide={name !== 'waiting' || undefined}>
                        {formatInteger(count)}
                      </span>
                    )
                  }
                >
                  {t(`tab.${name}`)}
                </Tabs.Tab>
              );
            })}
          </Tabs.List>
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            leftSection={<IconDownload size={16} stroke={1.6} />}
            onClick={() => void exportList()}
          >
            {t('export')}
          </Button>
        </div>
        <Tabs.Panel value={shown} className={classes.panel}>
          <List />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
};
