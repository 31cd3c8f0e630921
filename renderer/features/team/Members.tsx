import { useTranslation } from 'react-i18next';
import type { Member } from '#shared/sync/team.ts';
import { formatAgo, formatDateTime, formatInteger } from '../../app/format.ts';
import { useBookQuery } from '../../app/queries.ts';
import { Asked } from '../../ui/Asked.tsx';
import classes from './Team.module.css';

const DAY_MS = 86_400_000;
/** A colleague whose laptop has been silent for so long is worth a call. */
const SILENT_DAYS = 3;

const isSilent = ({ lastSyncAt, active, role, devices }: Member): boolean =>
  active &&
  devices > 0 &&
  (role === 'manager' || role === 'leader') &&
  (lastSyncAt === null || Date.now() - Date.parse(lastSyncAt) > SILENT_DAYS * DAY_MS);

/** Who works in the team, what waits on their laptops, and who has not synced. */
export const Members = () => {
  const { t } = useTranslation('team');
  const query = useBookQuery('team.overview', {}, { staleTime: 0 });
  return (
    <Asked query={query}>
      {({ members }) => (
        <table className={classes.table} aria-label={t('tab.members')}>
          <thead>
            <tr>
              <th>{t('member.name')}</th>
              <th>{t('member.role')}</th>
              <th className={classes.number}>{t('member.customers')}</th>
              <th className={classes.number}>{t('member.devices')}</th>
              <th className={classes.number}>{t('member.waiting')}</th>
              <th>{t('member.lastSync')}</th>
              <th className={classes.number}>{t('member.quarantined')}</th>
            </tr>
          </thead>
          <tbody>
            {members.map((member) => (
              <tr key={member.id} className={member.active ? undefined : classes.off}>
                <td>
                  {member.name} <span className="muted">{member.username}</span>
                  {!member.active && ` · ${t('member.disabled')}`}
                </td>
                <td>{t(`role.${member.role}`)}</td>
                <td className={`${classes.number} tnum`}>{formatInteger(member.customers)}</td>
                <td className={`${classes.number} tnum`}>{formatInteger(member.devices)}</td>
                <td className={`${classes.number} tnum`}>{formatInteger(member.waiting)}</td>
                <td
                  className={isSilent(member) ? classes.late : undefined}
                  title={member.lastSyncAt ? formatDateTime(member.lastSyncAt) : undefined}
                >
                  {member.lastSyncAt ? formatAgo(member.lastSyncAt) : t('member.never')}
                  {isSilent(member) && ` · ${t('member.silent')}`}
                </td>
                <td className={`${classes.number} tnum`}>{formatInteger(member.quarantined)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Asked>
  );
};
