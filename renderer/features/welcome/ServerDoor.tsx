import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SyncState } from '#shared/contracts/sync.ts';
import { useSession } from '../../app/session.ts';
import { useReady } from '../../app/useReady.ts';
import { ConnectForm } from '../sync/ConnectForm.tsx';
import { Steps } from '../sync/StatePanel.tsx';
import { useSyncState } from '../sync/useSyncState.ts';
import classes from './Door.module.css';

/** The third door: the new book meets its server, and fetches what the user looks after. */
export const ServerDoor = () => {
  const { t } = useTranslation('welcome');
  useReady('connect');
  const set = useSession((session) => session.set);
  const [isConnected, setConnected] = useState(false);
  const open = (): void => set({ connecting: false });
  return (
    <div className={classes.page}>
      <main className={classes.sheet}>
        {isConnected ? (
          <FirstSync onOpen={open} />
        ) : (
          <>
            <div className={classes.mark}>
              <h1>{t('server.title')}</h1>
            </div>
            <p className={classes.lead}>{t('server.lead')}</p>
            <ConnectForm
              onConnected={() => setConnected(true)}
              back={{ label: t('server.later'), run: open }}
            />
          </>
        )}
      </main>
    </div>
  );
};

/** Today's customers are there: what follows may arrive while one works. */
const isUsable = ({ progress, lastSyncAt }: SyncState): boolean =>
  lastSyncAt !== null || progress?.phase === 'customers' || progress?.phase === 'rest';

const NOTHING_YET = { phase: 'today', done: 0, total: null } as const;

const FirstSync = ({ onOpen }: { onOpen(): void }) => {
  const { t } = useTranslation('sync');
  const state = useSyncState();
  const isDone = state?.lastSyncAt != null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: opened once, when everything is there
  useEffect(() => {
    if (isDone) onOpen();
  }, [isDone]);
  if (!state) return null;
  const { problem, progress } = state;
  const usable = isUsable(state) || problem !== null;
  return (
    <div data-testid="first-sync">
      <div className={classes.mark}>
        <h1>{t('first.title')}</h1>
      </div>
      <p className={classes.lead} role="status">
        {problem ? t('first.problem', { why: t(`state.${problem.code}`, { count: 0 }) }) : t('first.text')}
      </p>
      {!problem && <Steps progress={progress ?? NOTHING_YET} />}
      <Button mt="lg" disabled={!usable} onClick={onOpen}>
        {t('first.open')}
      </Button>
    </div>
  );
};
