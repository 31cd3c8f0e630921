import type { KeyboardEvent } from 'react';

const isTyping = (target: EventTarget): boolean =>
  target instanceof HTMLElement &&
  target.closest('input, textarea, [role="dialog"], [role="listbox"]') !== null;

/** Puts the focus on a line. */
export const focusRow = (row: Element | undefined): void => {
  const open = row?.querySelector<HTMLElement>('[data-open]');
  open?.focus();
  row?.scrollIntoView({ block: 'nearest' });
};

/**
 * Keys of a list whose rows carry `data-row`: arrows, Home and End go from line to line, Enter opens the record, and a letter
 * presses the button of the line that carries it as `data-key`.
 */
export const onRowKeys = (event: KeyboardEvent<HTMLElement>): void => {
  if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
  const rows = [...event.currentTarget.querySelectorAll('[data-row]')];
  const here = event.target instanceof Element ? event.target.closest('[data-row]') : null;
  const at = here ? rows.indexOf(here) : -1;
  const to: Record<string, number> = {
    ArrowDown: Math.min(rows.length - 1, at + 1),
    ArrowUp: Math.max(0, at - 1),
    Home: 0,
    End: rows.length - 1,
  };
  const next = to[event.key];
  if (next !== undefined) {
    event.preventDefault();
    focusRow(rows[next]);
    return;
  }
  const key = event.key.toLowerCase();
  if (key.length !== 1 || !/[a-z]/.test(key)) return;
  const button = here?.querySelector<HTMLButtonElement>(`[data-key="${key}"]`);
  if (!button) return;
  event.preventDefault();
  button.click();
  // the line is about to go: the one that takes its place is next
  requestAnimationFrame(() => setTimeout(() => focusLater(at), 120));
};

const focusLater = (at: number): void => {
  if (document.activeElement !== document.body) return;
  const rows = [...document.querySelectorAll('[data-row]')];
  focusRow(rows[Math.min(at, rows.length - 1)]);
};
