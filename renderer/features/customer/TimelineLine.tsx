import { UnstyledButton } from '@mantine/core';
import {
  type Icon,
  IconCalendarEvent,
  IconChecklist,
  IconFileText,
  IconHeartHandshake,
  IconMessage,
  IconNote,
  IconPhone,
  IconUsersGroup,
  IconVideo,
  IconWalk,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { TimelineItem } from '#shared/contracts/customers.ts';
import { pathOf } from '../../app/destinations.ts';
import { formatTime } from '../../app/format.ts';
import { HistoryButton } from '../history/HistoryButton.tsx';
import signs from '../history/MarkSign.module.css';
import { RecordMark } from '../history/MarkSign.tsx';
import { recordProps } from '../history/record-props.ts';
import classes from './Timeline.module.css';

const ICONS: Record<TimelineItem['kind'], Icon> = {
  call: IconPhone,
  visit: IconWalk,
  video: IconVideo,
  message: IconMessage,
  event: IconUsersGroup,
  note: IconNote,
  promise: IconHeartHandshake,
  task: IconChecklist,
  report: IconFileText,
  plan: IconCalendarEvent,
};
const WORDS: Record<string, string> = {
  purpose: 'purpose',
  outcome: 'outcome',
  state: 'visitState',
  reportState: 'reportState',
  status: 'promiseStatus',
  taskStatus: 'taskStatus',
  madeBy: 'promiseMaker',
  mode: 'visitMode',
};
const HAS_PAGE = new Set<TimelineItem['entity']>(['note', 'visit', 'visitReport']);

/** One event: its kind, its words, its marks; opens in place. */
export const TimelineLine = ({ item, startOpen }: { item: TimelineItem; startOpen: boolean }) => {
  const { t } = useTranslation('customer');
  const [open, setOpen] = useState(startOpen);
  const label = item.title || item.text?.split('\n')[0]?.slice(0, 40) || '';
  const KindIcon = ICONS[item.kind];
  const marks = Object.entries(item.marks)
    .filter(([name]) => name in WORDS)
    .map(([name, value]) => t(`vocabulary:${WORDS[name]}.${value}` as string));
  return (
    <div
      className={`${classes.item} ${signs.fieldRow}`}
      data-open={open || undefined}
      {...recordProps(item.entity, item.id, label)}
    >
      <UnstyledButton className={classes.line} onClick={() => setOpen(!open)} aria-expanded={open}>
        <KindIcon size={16} stroke={1.6} aria-hidden />
        <span className={`${classes.time} tnum`}>{formatTime(item.at)}</span>
        <span className={classes.kind}>{t(`vocabulary:timeline.${item.kind}`)}</span>
        <span className={classes.text}>{item.title || item.text || t('timeline.noWords')}</span>
        <span className={classes.marks}>{marks.join(' · ')}</span>
      </UnstyledButton>
      <RecordMark id={item.id} />
      {open && (
        <div className={classes.body}>
          {item.text && <p className="selectable">{item.text}</p>}
          {item.marks.nextHook && (
            <p>
              <span className="muted">{t('timeline.hook')}</span> {item.marks.nextHook}
            </p>
          )}
          {HAS_PAGE.has(item.entity) && (
            <Link to={pathOf(item.entity, item.id)}>{t('common:action.open')}</Link>
          )}
          <HistoryButton entity={item.entity} id={item.id} label={label} size={22} />
        </div>
      )}
    </div>
  );
};
