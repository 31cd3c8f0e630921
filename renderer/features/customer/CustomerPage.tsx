import { Tabs } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { useBookQuery } from '../../app/queries.ts';
import { useUi } from '../../app/ui-state.ts';
import { useBack } from '../../app/useBack.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { AttachmentsPanel } from '../attachments/AttachmentsPanel.tsx';
import { MarksOf } from '../history/marks.tsx';
import { Aside } from './Aside.tsx';
import classes from './CustomerPage.module.css';
import { HoldingsTab } from './HoldingsTab.tsx';
import { ProfileTab } from './ProfileTab.tsx';
import { PromisesTab } from './PromisesTab.tsx';
import { RelationsTab } from './RelationsTab.tsx';
import { TimelineTab } from './TimelineTab.tsx';
import { VisitsTab } from './VisitsTab.tsx';

const TABS = ['timeline', 'profile', 'holdings', 'relations', 'visits', 'promises', 'files'] as const;
type Tab = (typeof TABS)[number];
const TAB_OF_FOCUS: Record<string, Tab> = {
  promise: 'promises',
  task: 'promises',
  holding: 'holdings',
  facility: 'holdings',
  collateral: 'holdings',
  companyContact: 'relations',
  relation: 'relations',
  attachment: 'files',
};

/** The single customer page (S2-15): who and what matters now on the left, everything else in tabs. */
export const CustomerPage = () => {
  const { t } = useTranslation('customer');
  const { id = '' } = useParams();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const { data, error } = useBookQuery('customer.get', { id });
  const ui = useUi();
  useHotkeys([
    ['L', () => ui.openLogCall({ customerId: id })],
    ['V', () => ui.openPlanVisit({ customerId: id })],
  ]);
  useBack();
  const focus = search.get('focus');
  const asked = search.get('tab');
  const tab = TABS.find((name) => name === asked) ?? TAB_OF_FOCUS[focus?.split(':')[0] ?? ''] ?? 'timeline';
  if (error)
    return (
      <EmptyState
        text={t(`errors:${error.code}`)}
        action={{ label: t('backToList'), run: () => void navigate('/customers') }}
      />
    );
  if (!data) return null;
  return (
    <MarksOf customerId={id}>
      <div className={classes.page}>
        <Aside page={data} />
        <div className={classes.main}>
          <Tabs
            value={tab}
            onChange={(next) => setSearch({ tab: next ?? 'timeline' }, { replace: true })}
            keepMounted={false}
          >
            <Tabs.List className={classes.tabs}>
              {TABS.map((name) => (
                <Tabs.Tab key={name} value={name}>
                  {t(`tab.${name}`)}
                  {name === 'promises' && data.counts.openPromises + data.counts.openTasks > 0 && (
                    <span className={classes.count}>{data.counts.openPromises + data.counts.openTasks}</span>
                  )}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            <div className={classes.panel}>
              <Tabs.Panel value="timeline">
                <TimelineTab customerId={id} focus={focus} />
              </Tabs.Panel>
              <Tabs.Panel value="profile">
                <ProfileTab page={data} />
              </Tabs.Panel>
              <Tabs.Panel value="holdings">
                <HoldingsTab page={data} />
              </Tabs.Panel>
              <Tabs.Panel value="relations">
                <RelationsTab page={data} />
              </Tabs.Panel>
              <Tabs.Panel value="visits">
                <VisitsTab customerId={id} />
              </Tabs.Panel>
              <Tabs.Panel value="promises">
                <PromisesTab customerId={id} focus={focus} />
              </Tabs.Panel>
              <Tabs.Panel value="files">
                <AttachmentsPanel target={{ customerId: id }} />
              </Tabs.Panel>
            </div>
          </Tabs>
        </div>
      </div>
    </MarksOf>
  );
};
