import { Button, Menu, Tabs } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import type { VisitRow } from '#shared/contracts/work.ts';
import { nextStates } from '#shared/domain/rules/visit-states.ts';
import { call } from '../../app/data-client.ts';
import { formatDateTime, formatRelativeDay, formatTime } from '../../app/format.ts';
import { notifyDone, notifyError } from '../../app/notify.tsx';
import { useBookQuery } from '../../app/queries.ts';
import { useUi } from '../../app/ui-state.ts';
import { useBack } from '../../app/useBack.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { AttachmentsPanel } from '../attachments/AttachmentsPanel.tsx';
import { HistoryButton } from '../history/HistoryButton.tsx';
import { RecordMark } from '../history/MarkSign.tsx';
import { MarksOf } from '../history/marks.tsx';
import { BriefTab } from './BriefTab.tsx';
import { NotesTab } from './NotesTab.tsx';
import { PlanTab } from './PlanTab.tsx';
import { ReportTab } from './ReportTab.tsx';
import classes from './Visits.module.css';

/** Ways a visit ends without taking place; never the main step. */
const ENDINGS = new Set<VisitRow['state']>(['cancelled', 'missed']);
const TABS = ['plan', 'brief', 'notes', 'report', 'files'] as const;

/** One visit: plan, brief, notes and report of the same object (S3-32). */
export const VisitPage = () => {
  const { t } = useTranslation('visits');
  const { id = '' } = useParams();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const { data: visit, error } = useBookQuery('visit.get', { id });
  useBack();
  const tab = TABS.find((name) => name === search.get('tab')) ?? 'plan';
  if (error)
    return (
      <EmptyState
        text={t(`errors:${error.code}`)}
        action={{ label: t('backToVisits'), run: () => void navigate('/visits') }}
      />
    );
  if (!visit) return null;
  return (
    <MarksOf recordIds={[id]}>
      <div className={classes.visit}>
        <div>
          <div className={classes.head}>
            <div>
              <h1>
                <Link to={`/customers/${visit.customerId}`}>{visit.customerName}</Link>
              </h1>
              <div className={`${classes.meta} tnum`}>
                {formatDateTime(visit.startsAt)}–{formatTime(visit.endsAt)} ·{' '}
                {formatRelativeDay(visit.startsAt)} · {t(`vocabulary:visitMode.${visit.mode}`)} ·{' '}
                {t(`vocabulary:visitState.${visit.state}`)} <RecordMark id={visit.id} />
              </div>
            </div>
            <VisitActions visit={visit} />
          </div>
          <Tabs
            value={tab}
            onChange={(next) => setSearch({ tab: next ?? 'plan' }, { replace: true })}
            keepMounted={false}
          >
            <Tabs.List px="md">
              {TABS.map((name) => (
                <Tabs.Tab key={name} value={name}>
                  {t(`tab.${name}`)}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            <div className={classes.body}>
              <Tabs.Panel value="plan">
                <PlanTab key={visit.id} visit={visit} />
              </Tabs.Panel>
              <Tabs.Panel value="brief">
                <BriefTab visit={visit} />
              </Tabs.Panel>
              <Tabs.Panel value="notes">
                <NotesTab visit={visit} />
              </Tabs.Panel>
              <Tabs.Panel value="report">
                <ReportTab visit={visit} />
              </Tabs.Panel>
              <Tabs.Panel value="files">
                <AttachmentsPanel target={{ customerId: visit.customerId, visitId: visit.id }} />
              </Tabs.Panel>
            </div>
          </Tabs>
        </div>
      </div>
    </MarksOf>
  );
};

const VisitActions = ({ visit }: { visit: VisitRow }) => {
  const { t } = useTranslation('visits');
  const navigate = useNavigate();
  const to = async (state: VisitRow['state']): Promise<void> => {
    try {
      const { commandId } = await call('visit.transition', { id: visit.id, to: state });
      notifyDone(t('transition.done', { state: t(`vocabulary:visitState.${state}`) }), commandId);
    } catch (error) {
      notifyError(error);
    }
  };
  const remove = async (): Promise<void> => {
    try {
      const { commandId } = await call('visit.remove', { ids: [visit.id] });
      void navigate('/visits');
      notifyDone(t('removed'), commandId);
    } catch (error) {
      notifyError(error);
    }
  };
  const steps = nextStates(visit.state).filter((state) => state !== 'reported' && state !== 'signed');
  const [main, ...others] = [...steps].sort((a, b) => Number(ENDINGS.has(a)) - Number(ENDINGS.has(b)));
  return (
    <div className={classes.actions}>
      <HistoryButton entity="visit" id={visit.id} label={visit.title ?? visit.customerName} />
      <Button
        size="xs"
        variant="default"
        onClick={() =>
          useUi.getState().openLogCall({ customerId: visit.customerId, visitId: visit.id, kind: 'visit' })
        }
      >
        {t('log')}
      </Button>
      {main && (
        <Button size="xs" onClick={() => void to(main)}>
          {t(`transition.${main}`)}
        </Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <Button size="xs" variant="default" rightSection={<IconChevronDown size={14} />}>
            {t('common:action.more')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {others.map((state) => (
            <Menu.Item key={state} onClick={() => void to(state)}>
              {t(`transition.${state}`)}
            </Menu.Item>
          ))}
          <Menu.Item color="red" onClick={() => void remove()}>
            {t('common:action.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
};
