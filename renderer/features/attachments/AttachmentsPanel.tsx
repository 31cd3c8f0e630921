import { Button, Progress } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttachmentRow } from '#shared/contracts/attachments.ts';
import { useBookQuery } from '../../app/queries.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { AttachmentLine } from './AttachmentLine.tsx';
import classes from './Attachments.module.css';
import { Preview } from './Preview.tsx';
import { type AttachTarget, useAttach } from './useAttach.ts';
import { useIncomingFiles } from './useIncomingFiles.ts';

/** Up, Down, Home and End move between the names. */
const moveFocus = (event: KeyboardEvent<HTMLUListElement>): void => {
  const names = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-attachment]')];
  const at = names.indexOf(document.activeElement as HTMLElement);
  if (at === -1) return;
  const targets: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    Home: 0,
    End: names.length - 1,
  };
  const target = targets[event.key];
  if (target === undefined) return;
  event.preventDefault();
  names[target]?.focus();
};

/** Files of a customer, a visit or a note: add by button, drop or paste; look, save, rename, remove. */
export const AttachmentsPanel = ({
  target,
  compact = false,
}: {
  target: AttachTarget;
  compact?: boolean;
}) => {
  const { t } = useTranslation('attachments');
  const { customerId, visitId, noteId } = target;
  const filter = noteId ? { noteId } : visitId ? { visitId } : { customerId };
  const { data } = useBookQuery('attachment.list', { ...filter, limit: 500 }, { keepPrevious: true });
  const [shown, setShown] = useState<AttachmentRow | null>(null);
  const { work, choose, take } = useAttach(target);
  const over = useIncomingFiles((files) => void take(files));
  if (!data) return null;
  const isEmpty = data.total === 0;
  return (
    <section className={classes.panel} data-over={over || undefined} aria-label={t('title')}>
      {(!isEmpty || compact) && (
        <h3>
          {t('title')} <span className="muted tnum">{data.total > 0 && data.total}</span>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconPaperclip size={16} stroke={1.6} />}
            onClick={() => void choose()}
          >
            {t('add')}
          </Button>
        </h3>
      )}
      {work && (
        <div className={classes.work} role="status">
          {t('adding')}
          <Progress
            className={classes.bar}
            size="sm"
            value={(work.done / Math.max(1, work.total)) * 100}
            transitionDuration={100}
            aria-label={t('adding')}
          />
        </div>
      )}
      {isEmpty && !compact && !work && (
        <EmptyState text={t('empty')} action={{ label: t('add'), run: () => void choose() }} />
      )}
      {!isEmpty && (
        <ul className={classes.list} onKeyDown={moveFocus}>
          {data.rows.map((row) => (
            <AttachmentLine key={row.id} row={row} compact={compact} onShow={() => setShown(row)} />
          ))}
        </ul>
      )}
      {over && <div className={classes.over}>{t('drop')}</div>}
      <Preview row={shown} onClose={() => setShown(null)} />
    </section>
  );
};
