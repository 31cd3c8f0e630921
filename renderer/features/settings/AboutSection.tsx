import { useTranslation } from 'react-i18next';
import { useBookQuery } from '../../app/queries.ts';
import { useSession } from '../../app/session.ts';
import classes from './Settings.module.css';

/** Names and licences of the packages this build was made from, filled in by the build. */
declare const __LICENCES__: readonly { name: string; version: string; licence: string }[];

/** Versions and licences. */
export const AboutSection = () => {
  const { t } = useTranslation('settings');
  const info = useSession((session) => session.info);
  const { data } = useBookQuery('book.state', {});
  if (!info) return null;
  const facts: [string, string][] = [
    [t('about.version'), info.version],
    ['Electron', info.electron],
    ['Chromium', info.chrome],
    ['Node.js', info.node],
    ['SQLite', data ? `${data.sqliteVersion} · ${data.cipher}` : ''],
    [t('about.schema'), data ? String(data.schemaVersion) : ''],
    [t('about.log'), info.logFile],
  ];
  return (
    <>
      <dl className={classes.facts}>
        {facts.map(([name, value]) => [<dt key={`${name}n`}>{name}</dt>, <dd key={`${name}v`}>{value}</dd>])}
      </dl>
      <h3>{t('about.licences')}</h3>
      <div className={classes.licences}>
        {__LICENCES__.map((one) => (
          <div key={one.name}>
            {one.name} {one.version} · <span className="muted">{one.licence}</span>
          </div>
        ))}
      </div>
    </>
  );
};
