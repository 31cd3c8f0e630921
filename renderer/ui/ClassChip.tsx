import classes from './ClassChip.module.css';

/** The customer's class as a small letter; nothing when it is unknown. */
export const ClassChip = ({ value }: { value: string | null }) =>
  value ? (
    <span className={classes.chip} data-class={value}>
      {value}
    </span>
  ) : null;
