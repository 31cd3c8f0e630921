import type { HistoryLine } from '#shared/contracts/sync.ts';
import { toDate, toPlainDate } from '../../app/format.ts';

/** What one person typed at one moment. */
export interface Moment {
  key: string;
  first: HistoryLine;
  lines: HistoryLine[];
}

/** Lines by local day, and within it by the change they belong to; the order stays. */
export const groupLines = (lines: readonly HistoryLine[]): { day: string; moments: Moment[] }[] => {
  const days: { day: string; moments: Moment[] }[] = [];
  for (const line of lines) {
    const day = toPlainDate(toDate(line.at));
    if (days.at(-1)?.day !== day) days.push({ day, moments: [] });
    const moments = days.at(-1)?.moments ?? [];
    const key = line.conflictId ?? String(line.seq);
    const last = moments.at(-1);
    if (last?.key === key) last.lines.push(line);
    else moments.push({ key, first: line, lines: [line] });
  }
  return days;
};
