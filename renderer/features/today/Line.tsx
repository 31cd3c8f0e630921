import { Button } from '@mantine/core';
import type { KeyboardEvent, ReactNode } from 'react';
import { Link } from 'react-router';
import { ClassChip } from '../../ui/ClassChip.tsx';
import { RecordMark } from '../history/MarkSign.tsx';
import { recordProps } from '../history/record-props.ts';
import classes from './Today.module.css';

export interface LineProps {
  /** The record this line stands for: its mark, its history. */
  record?: { entity: string; id: string };
  /** Time, date or nothing, on the left rail. */
  lead?: ReactNode;
  name: string;
  to: string;
  classOf?: string | null;
  reason: ReactNode;
  tone?: 'soon' | 'risk' | 'plain';
  /** The next step of this line, also by its key while the line has the focus. */
  action?: { label: string; key: string; run(): void };
}

const moveFocus = (event: KeyboardEvent<HTMLAnchorElement>, step: 1 | -1): void => {
  const lines = [...document.querySelectorAll<HTMLAnchorElement>('[data-line]')];
  const next = lines[lines.indexOf(event.currentTarget) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
};

/** What is urgent has a shape beside its words: a square is late, a dot is soon. */
const Mark = ({ tone }: { tone: NonNullable<LineProps['tone']> }) =>
  tone === 'plain' ? null : <span className={classes.mark} data-tone={tone} aria-hidden />;

/** One line of Today: who, why, and what to do about it. */
export const Line = ({ record, lead, name, to, classOf, reason, tone = 'plain', action }: LineProps) => {
  const onKeyDown = (event: KeyboardEvent<HTMLAnchorElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'ArrowDown' || event.key === 'j') moveFocus(event, 1);
    else if (event.key === 'ArrowUp' || event.key === 'k') moveFocus(event, -1);
    else if (action && event.key.toLowerCase() === action.key.toLowerCase()) {
      event.preventDefault();
      action.run();
    }
  };
  return (
    <li className={classes.line} {...(record && recordProps(record.entity, record.id, name))}>
      <span className={`${classes.lead} tnum`}>{lead ?? <Mark tone={tone} />}</span>
      <Link className={classes.name} to={to} data-line onKeyDown={onKeyDown} aria-keyshortcuts={action?.key}>
        {name}
      </Link>
      <ClassChip value={classOf ?? null} />
      {record && <RecordMark id={record.id} />}
      <span className={classes.reason} data-tone={tone}>
        {reason}
      </span>
      {action && (
        <Button
          className={classes.action}
          size="compact-sm"
          variant="default"
          tabIndex={-1}
          onClick={action.run}
          rightSection={<kbd>{action.key}</kbd>}
        >
          {action.label}
        </Button>
      )}
    </li>
  );
};
