import { Button, Checkbox, CopyButton, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../app/session.ts';
import classes from './Door.module.css';

/** Shows the recovery code once. Without it and the passphrase nobody can open the book. */
export const RecoveryCode = ({ code }: { code: string }) => {
  const { t } = useTranslation('welcome');
  const set = useSession((session) => session.set);
  const [kept, setKept] = useState(false);
  return (
    <div className={classes.page}>
      <main className={classes.sheet}>
        <div className={classes.mark}>
          <h1>{t('recovery.title')}</h1>
        </div>
        <p className={classes.lead}>{t('recovery.text')}</p>
        <div className={classes.code} data-testid="recovery-code">
          {code.split('-').map((group, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: groups have no identity but their place
            <span key={index}>{group}</span>
          ))}
        </div>
        <Group mb="md">
          <CopyButton value={code}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy}>
                {t(copied ? 'common:action.copied' : 'common:action.copy')}
              </Button>
            )}
          </CopyButton>
          <Button variant="default" onClick={() => window.print()}>
            {t('common:action.print')}
          </Button>
        </Group>
        <Checkbox
          label={t('recovery.kept')}
          checked={kept}
          onChange={(event) => setKept(event.currentTarget.checked)}
          autoFocus
        />
        <Button mt="md" disabled={!kept} onClick={() => set({ recoveryCode: null })}>
          {t('recovery.continue')}
        </Button>
      </main>
    </div>
  );
};
