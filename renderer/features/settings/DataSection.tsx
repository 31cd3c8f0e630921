import { Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { formatInteger } from '../../app/format.ts';
import { notifyError } from '../../app/notify.tsx';
import { useBookQuery } from '../../app/queries.ts';
import { useSession } from '../../app/session.ts';
import { shell } from '../../app/shell-client.ts';
import classes from './Settings.module.css';

const megabytes = (bytes: number): string => `${(bytes / 1_048_576).toFixed(1)} MB`;

/** Where the data is, how much there is, and the way out of the demo. */
export const DataSection = () => {
  const { t } = useTranslation('settings');
  const navigate = useNavigate();
  const info = useSession((session) => session.info);
  const status = useSession((session) => session.status);
  const { data } = useBookQuery('book.state', {});
  if (!data || !info) return null;
  return (
    <>
      <dl className={classes.facts}>
        <dt>{t('data.customers')}</dt>
        <dd className="tnum">{formatInteger(data.customers)}</dd>
        <dt>{t('data.interactions')}</dt>
        <dd className="tnum">{formatInteger(data.interactions)}</dd>
        <dt>{t('data.waiting')}</dt>
        <dd className="tnum">{formatInteger(data.waiting)}</dd>
        <dt>{t('data.database')}</dt>
        <dd className="tnum">{megabytes(data.databaseBytes)}</dd>
        <dt>{t('data.journal')}</dt>
        <dd className="tnum">{megabytes(data.journalBytes)}</dd>
        <dt>{t('data.folder')}</dt>
        <dd>{info.dataFolder}</dd>
      </dl>
      <Group>
        <Button variant="default" onClick={() => void shell('shell.openDataFolder', {}).catch(notifyError)}>
          {t('data.openFolder')}
        </Button>
        <Button variant="default" onClick={() => void navigate('/import')}>
          {t('common:create.import')}
        </Button>
      </Group>
      {status?.demo && (
        <div className={classes.stack} style={{ marginTop: 28 }}>
          <p className={classes.note}>{t('data.demoText')}</p>
          <Button
            color="red"
            variant="light"
            onClick={() => void shell('shell.removeDemo', {}).catch(notifyError)}
          >
            {t('data.removeDemo')}
          </Button>
        </div>
      )}
    </>
  );
};
