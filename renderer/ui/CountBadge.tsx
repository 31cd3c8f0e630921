import classes from './CountBadge.module.css';

const MOST = 99;

/** How much waits behind an entry of the navigation; nothing where nothing does. */
export const CountBadge = ({ count, label }: { count: number; label: string }) =>
  count === 0 ? null : (
    <span className={classes.badge} role="img" aria-label={label}>
      {count > MOST ? `${MOST}+` : count}
    </span>
  );
