import { UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './Today.module.css';

interface Props {
  title: string;
  total: number;
  shown: number;
  /** One sentence for when there is nothing. */
  empty: string;
  expanded?: boolean;
  onToggle?(): void;
  children: ReactNode;
}

/** A short list with its count; "all 23" opens the rest in place. */
export const Section = ({ title, total, shown, empty, expanded, onToggle, children }: Props) => {
  const { t } = useTranslation('today');
  return (
    <section className={classes.section}>
      <header className={classes.sectionHead}>
        <h2>{title}</h2>
        {total > 0 && <span className="tnum muted">{total}</span>}
        {onToggle && (total > shown || expanded) && (
          <UnstyledButton className={classes.all} onClick={onToggle} aria-expanded={expanded ?? false}>
            {expanded ? t('less') : t('all', { count: total })}
          </UnstyledButton>
        )}
      </header>
      {total === 0 ? <p className={classes.none}>{empty}</p> : <ul className={classes.list}>{children}</ul>}
    </section>
  );
};
