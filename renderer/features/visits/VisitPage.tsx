/** Not built yet: shows nothing. */
export const VisitPage = () => null;
