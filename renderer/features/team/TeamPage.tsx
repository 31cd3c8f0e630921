import { Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { useBookQuery } from '../../app/queries.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Handovers } from './Handovers.tsx';
import { Members } from './Members.tsx';
import { Quarantine } from './Quarantine.tsx';
import classes from './Team.module.css';

/** 客户经理: the team as its leader sees it, and customers that change hands. */
export const TeamPage = () => {
  const { t } = useTranslation('team');
  const navigate = useNavigate();
  const { tab } = useParams();
  const { data: state } = useBookQuery('sync.state', {});
  if (!state) return null;
  if (!state.connected)
    return (
      <div className={classes.page}>
        <EmptyState
          text={t('notConnected')}
          action={{ label: t('sync:title'), run: () => void navigate('/sync') }}
        />
      </div>
    );
  const role = state.user?.role;
  const isLeader = role === 'leader';
  const tabs = isLeader || role === 'auditor' ? ['members', 'handovers', 'quarantine'] : ['handovers'];
  const shown = tab && tabs.includes(tab) ? tab : (tabs[0] as string);
  return (
    <div className={classes.page}>
      <Tabs
        value={shown}
        onChange={(next) => next && void navigate(`/team/${next}`, { replace: true })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          {tabs.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`tab.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="members">
          <Members />
        </Tabs.Panel>
        <Tabs.Panel value="handovers">
          <Handovers isLeader={isLeader} />
        </Tabs.Panel>
        <Tabs.Panel value="quarantine">
          <Quarantine maySettle={isLeader} />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
};
