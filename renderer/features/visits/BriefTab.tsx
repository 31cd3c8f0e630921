/** Not built yet: shows nothing. */
export const BriefTab = (_props: { visit: unknown }) => null;
