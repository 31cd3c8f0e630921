import { UnstyledButton } from '@mantine/core';
import { IconChevronRight, IconCloud, IconFileImport, IconNotebook } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notifyError } from '../../app/notify.tsx';
import { useSession } from '../../app/session.ts';
import { shell } from '../../app/shell-client.ts';
import { useReady } from '../../app/useReady.ts';
import classes from './Door.module.css';
import { Protect } from './Protect.tsx';
import { useCreateBook } from './useCreateBook.ts';

/** First run: three doors into a book. */
export const Welcome = () => {
  const { t } = useTranslation('welcome');
  useReady('welcome');
  const createOwn = useCreateBook();
  const createForServer = useCreateBook('server');
  const revoked = useSession((session) => session.status?.error === 'device_revoked');
  const [step, setStep] = useState<'doors' | 'own' | 'server'>('doors');
  const [busy, setBusy] = useState(false);

  const openDemo = async (): Promise<void> => {
    setBusy(true);
    try {
      window.location.hash = '#/today';
      await shell('shell.createBook', { demo: true, passphrase: null });
    } catch (error) {
      notifyError(error);
    } finally {
      setBusy(false);
    }
  };
  if (step !== 'doors')
    return <Protect onBack={() => setStep('doors')} onDone={step === 'own' ? createOwn : createForServer} />;
  return (
    <div className={classes.page}>
      <main className={classes.sheet}>
        <div className={classes.mark}>
          <h1>{t('name')}</h1>
          <span>{t('latinName')}</span>
        </div>
        {revoked && (
          <p className={classes.lead} role="alert">
            {t('lease:revoked')}
          </p>
        )}
        <p className={classes.lead}>{t('lead')}</p>
        <ul className={classes.doors}>
          <li>
            <UnstyledButton
              className={classes.door}
              disabled={busy}
              onClick={() => void openDemo()}
              data-autofocus
            >
              <IconNotebook size={28} stroke={1.4} aria-hidden />
              <span>
                <strong>{t('demo.title')}</strong>
                <small>{t('demo.text')}</small>
              </span>
              <IconChevronRight size={18} aria-hidden />
            </UnstyledButton>
          </li>
          <li>
            <UnstyledButton className={classes.door} disabled={busy} onClick={() => setStep('own')}>
              <IconFileImport size={28} stroke={1.4} aria-hidden />
              <span>
                <strong>{t('import.title')}</strong>
                <small>{t('import.text')}</small>
              </span>
              <IconChevronRight size={18} aria-hidden />
            </UnstyledButton>
          </li>
          <li>
            <UnstyledButton className={classes.door} disabled={busy} onClick={() => setStep('server')}>
              <IconCloud size={28} stroke={1.4} aria-hidden />
              <span>
                <strong>{t('server.title')}</strong>
                <small>{t('server.text')}</small>
              </span>
              <IconChevronRight size={18} aria-hidden />
            </UnstyledButton>
          </li>
        </ul>
        <p className={classes.foot}>{t('foot')}</p>
      </main>
    </div>
  );
};
