import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { SyncState } from '#shared/contracts/sync.ts';
import { notifyError, say } from '../../app/notify.tsx';
import { useBookCommand } from '../../app/queries.ts';
import { useSession } from '../../app/session.ts';
import { ConnectForm } from '../sync/ConnectForm.tsx';
import { SignInForm } from '../sync/SignInForm.tsx';
import { useSyncState } from '../sync/useSyncState.ts';
import classes from './Settings.module.css';

/** The server this book works with: connect, sign in again, sign out. */
export const ServerSection = () => {
  const { t } = useTranslation('sync');
  const navigate = useNavigate();
  const isDemo = useSession((session) => session.status?.demo === true);
  const state = useSyncState();
  if (!state) return null;
  if (state.connected) return <Connected state={state} />;
  if (isDemo)
    return (
      <div className={classes.stack}>
        <p className={classes.note}>{t('settings.demo')}</p>
        <Button variant="default" onClick={() => void navigate('/settings/data')}>
          {t('settings.toData')}
        </Button>
      </div>
    );
  return (
    <>
      <p className={classes.note}>{t('settings.own')}</p>
      <ConnectForm onConnected={() => void navigate('/sync')} />
    </>
  );
};

const Connected = ({ state }: { state: SyncState }) => {
  const { t } = useTranslation('sync');
  const navigate = useNavigate();
  const signOut = useBookCommand('sync.signOut');
  const needsSignIn = state.problem?.code === 'sign_in';
  return (
    <>
      <dl className={classes.facts}>
        <dt>{t('facts.server')}</dt>
        <dd>{state.server && `${state.server.name} · ${state.server.url}`}</dd>
        {state.user && (
          <>
            <dt>{t('facts.user')}</dt>
            <dd>{`${state.user.name} · ${state.user.username}`}</dd>
          </>
        )}
        {state.bookName && (
          <>
            <dt>{t('facts.book')}</dt>
            <dd>{state.bookName}</dd>
          </>
        )}
      </dl>
      {needsSignIn ? (
        <>
          <p className={classes.note}>{t('state.sign_in')}</p>
          <SignInForm onDone={() => void navigate('/sync')} />
        </>
      ) : (
        <>
          <p className={classes.note}>{t('settings.signOutText')}</p>
          <Group>
            <Button variant="default" onClick={() => void navigate('/sync')}>
              {t('settings.open')}
            </Button>
            <Button
              variant="default"
              loading={signOut.isPending}
              onClick={() =>
                signOut.mutate(
                  {},
                  { onError: notifyError, onSuccess: () => say({ message: t('settings.signedOut') }) },
                )
              }
            >
              {t('settings.signOut')}
            </Button>
          </Group>
        </>
      )}
    </>
  );
};
