import { Button } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useTranslation } from 'react-i18next';
import { formatAgo } from '../../app/format.ts';
import { notifyError, say } from '../../app/notify.tsx';
import { useBookCommand, useBookQuery } from '../../app/queries.ts';
import { Asked } from '../../ui/Asked.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import classes from './Sync.module.css';

/** 设备: the computers of this user; a lost one is cut off from here. */
export const DeviceList = () => {
  const { t } = useTranslation('sync');
  const connected = useBookQuery('sync.state', {}).data?.connected;
  const query = useBookQuery('sync.devices', {}, { enabled: connected === true, staleTime: 0 });
  const revoke = useBookCommand('sync.revokeDevice');
  if (connected === false) return <EmptyState text={t('empty.devices')} />;
  const ask = (id: string, name: string): void =>
    void modals.openConfirmModal({
      title: t('device.confirm', { name }),
      children: t('device.ask'),
      labels: { confirm: t('device.revoke'), cancel: t('common:action.cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => {
        revoke
          .mutateAsync({ id })
          .then(() => say({ message: t('device.revoked_done', { name }) }))
          .catch(notifyError);
      },
    });
  return (
    <Asked query={query}>
      {({ devices }) => (
        <ul className={classes.list} aria-label={t('tab.devices')}>
          {devices.map((device) => (
            <li key={device.id} className={classes.item} data-row>
              <strong>{device.name}</strong> <span className="muted">{device.platform}</span>
              {device.thisOne && <span className="muted"> · {t('device.this')}</span>}
              <p className={classes.explain}>
                {t('device.enrolled', { when: formatAgo(device.enrolledAt) })}
                {' · '}
                {device.revokedAt
                  ? t('device.revoked', { when: formatAgo(device.revokedAt) })
                  : device.lastSeenAt
                    ? t('device.seen', { when: formatAgo(device.lastSeenAt) })
                    : t('device.neverSeen')}
                {device.thisOne && ` · ${t('device.thisHint')}`}
              </p>
              {!device.thisOne && !device.revokedAt && (
                <Button
                  size="compact-sm"
                  variant="default"
                  loading={revoke.isPending}
                  onClick={() => ask(device.id, device.name)}
                >
                  {t('device.revoke')}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </Asked>
  );
};
