import { type KeyboardEvent, useId } from 'react';
import classes from './Chips.module.css';

const KEYS = '1234567890qwertyuiop';

interface Props<Value extends string> {
  label: string;
  choices: readonly { value: Value; label: string }[];
  value: Value | null;
  onChange(value: Value | null): void;
  /** Called after a choice by key, to move on to the next field. */
  onChosen?(): void;
  error?: string | undefined;
}

/** One choice of several, each with a key of its own; arrows move, the key of the chosen one takes it back. */
export const Chips = <Value extends string>({
  label,
  choices,
  value,
  onChange,
  onChosen,
  error,
}: Props<Value>) => {
  const labelId = useId();
  const focused = Math.max(
    0,
    choices.findIndex((choice) => choice.value === value),
  );
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const buttons = [...event.currentTarget.querySelectorAll('button')];
    const here = buttons.indexOf(document.activeElement as HTMLButtonElement);
    const step =
      event.key === 'ArrowRight' || event.key === 'ArrowDown'
        ? 1
        : event.key === 'ArrowLeft' || event.key === 'ArrowUp'
          ? -1
          : 0;
    const choice = choices[KEYS.indexOf(event.key.toLowerCase())];
    if (step !== 0) {
      event.preventDefault();
      buttons[(here + step + buttons.length) % buttons.length]?.focus();
    } else if (event.key.length === 1 && choice) {
      event.preventDefault();
      onChange(choice.value === value ? null : choice.value);
      if (choice.value !== value) onChosen?.();
    }
  };
  return (
    <div>
      <div id={labelId} className={classes.label}>
        {label}
      </div>
      <div className={classes.chips} role="radiogroup" aria-labelledby={labelId} onKeyDown={onKeyDown}>
        {choices.map((choice, index) => (
          // biome-ignore lint/a11y/useSemanticElements: a chip can be taken back, which a radio cannot
          <button
            key={choice.value}
            type="button"
            role="radio"
            aria-checked={choice.value === value}
            tabIndex={index === focused ? 0 : -1}
            className={classes.chip}
            onClick={() => onChange(choice.value === value ? null : choice.value)}
          >
            {choice.label}
            {KEYS[index] && <kbd>{KEYS[index]}</kbd>}
          </button>
        ))}
      </div>
      {error && <div className={classes.error}>{error}</div>}
    </div>
  );
};
