import type { HistorySubject } from '../../app/ui-state.ts';

/** Says on an element which record it shows: Alt+H inside it opens that record's history. */
export const recordProps = (entity: string, id: string, label: string) => ({
  'data-record': `${entity}:${id}`,
  'data-record-label': label,
});

const subjectOf = (element: HTMLElement | null | undefined): HistorySubject | null => {
  const [entity, id] = element?.dataset.record?.split(':') ?? [];
  return entity && id ? { entity, id, label: element?.dataset.recordLabel ?? '' } : null;
};

/** The record the focus is on, and its field; else the one whose page this is. */
export const focusedSubject = (): HistorySubject | null => {
  const focus = document.activeElement;
  const own = subjectOf(focus?.closest<HTMLElement>('[data-record]'));
  const found = own ?? subjectOf(document.querySelector<HTMLElement>('main [data-record]'));
  const field = focus?.closest<HTMLElement>('[data-field]')?.dataset.field;
  return found && (field ? { ...found, field } : found);
};
