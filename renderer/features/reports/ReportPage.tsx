/** Not built yet: shows nothing. */
export const ReportPage = () => null;
