import { Button } from '@mantine/core';
import classes from './EmptyState.module.css';

interface Props {
  text: string;
  /** The one button that fills it. */
  action?: { label: string; run(): void };
}

/** Says in one sentence why nothing is here and offers what fills it. */
export const EmptyState = ({ text, action }: Props) => (
  <div className={classes.empty}>
    <p>{text}</p>
    {action && (
      <Button variant="default" onClick={action.run}>
        {action.label}
      </Button>
    )}
  </div>
);
