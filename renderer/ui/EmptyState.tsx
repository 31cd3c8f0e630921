import { Button } from '@mantine/core';
import classes from './EmptyState.module.css';

interface Action {
  label: string;
  run(): void;
}
interface Props {
  text: string;
  /** The one button that fills it. */
  action?: Action;
  /** Other ways, said more quietly. */
  more?: Action[];
}

/** Says in one sentence why nothing is here and offers what fills it. */
export const EmptyState = ({ text, action, more = [] }: Props) => (
  <div className={classes.empty}>
    <p>{text}</p>
    {action && (
      <div className={classes.actions}>
        <Button variant="default" onClick={action.run}>
          {action.label}
        </Button>
        {more.map((other) => (
          <Button key={other.label} variant="subtle" onClick={other.run}>
            {other.label}
          </Button>
        ))}
      </div>
    )}
  </div>
);
