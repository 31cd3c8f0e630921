import type { ReportRow } from '#shared/contracts/work.ts';
import { wallTime } from '#shared/domain/dates.ts';
import { formatDate, formatDateTime, formatTime } from '../../app/format.ts';

/** 2026年3月4日 09:30–10:15, on the clock of the place where the visit was. */
export const whenOf = ({ visitedAt, endedAt, zone }: ReportRow): string => {
  const start = wallTime(visitedAt, zone);
  if (!endedAt) return formatDateTime(start);
  const end = wallTime(endedAt, zone);
  return start.slice(0, 10) === end.slice(0, 10)
    ? `${formatDate(start)} ${formatTime(start)}–${formatTime(end)}`
    : `${formatDateTime(start)} – ${formatDateTime(end)}`;
};

export const minutesOf = ({ visitedAt, endedAt }: ReportRow): number | null =>
  endedAt ? Math.round((Date.parse(endedAt) - Date.parse(visitedAt)) / 60_000) : null;

/** A checksum in groups that an eye can compare. */
export const grouped = (hash: string): string => hash.match(/.{1,8}/g)?.join(' ') ?? hash;
