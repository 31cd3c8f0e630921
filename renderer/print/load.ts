import type { ReportSelection } from '#shared/contracts/book.ts';
import type { ReportRow, VisitRow } from '#shared/contracts/work.ts';
import { addDays, startOfDay } from '#shared/domain/dates.ts';
import { call } from '../app/data-client.ts';
import { localZone } from '../app/format.ts';

const AT_ONCE = 50;
const PAGE = 1_000;

/** The reports of a selection, in print order. */
export const loadReports = async (search: URLSearchParams): Promise<ReportRow[]> => {
  const { ids, ...rest } = Object.fromEntries(search);
  const selection = { ...rest, ...(ids !== undefined && { ids: ids.split(',').filter(Boolean) }) };
  const found = await call('export.reportIds', selection as ReportSelection);
  const reports: ReportRow[] = [];
  for (let start = 0; start < found.ids.length; start += AT_ONCE) {
    const some = found.ids.slice(start, start + AT_ONCE);
    reports.push(...(await Promise.all(some.map((id) => call('report.get', { id })))));
  }
  return reports;
};

/** The visits of a period, both days included, the earliest first. */
export const loadVisits = async (from: string, to: string): Promise<VisitRow[]> => {
  const zone = localZone();
  const span = { from: startOfDay(from, zone), to: startOfDay(addDays(to, 1), zone) };
  const visits: VisitRow[] = [];
  for (;;) {
    const page = await call('visit.list', { ...span, offset: visits.length, limit: PAGE });
    visits.push(...page.rows);
    if (page.rows.length === 0 || visits.length >= page.total) return visits;
  }
};
