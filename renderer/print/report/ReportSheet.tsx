/** Not built yet: shows nothing. */
export const ReportSheet = (_props: { report: unknown }) => null;
