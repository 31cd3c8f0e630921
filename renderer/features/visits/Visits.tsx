import { Button, SegmentedControl } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useUi } from '../../app/ui-state.ts';
import { VisitCalendar } from './VisitCalendar.tsx';
import { VisitList } from './VisitList.tsx';
import classes from './Visits.module.css';

/** 走访: the calendar and the list of visits. */
export const Visits = () => {
  const { t } = useTranslation('visits');
  const [search, setSearch] = useSearchParams();
  const shown = search.get('show') === 'list' ? 'list' : 'calendar';
  return (
    <div className={classes.page}>
      <div className={classes.bar}>
        <SegmentedControl
          size="xs"
          value={shown}
          onChange={(show) => setSearch({ show }, { replace: true })}
          data={[
            { value: 'calendar', label: t('calendar') },
            { value: 'list', label: t('list') },
          ]}
        />
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} />}
          onClick={() => useUi.getState().openPlanVisit()}
        >
          {t('plan.title')}
        </Button>
      </div>
      {shown === 'calendar' ? <VisitCalendar /> : <VisitList />}
    </div>
  );
};
