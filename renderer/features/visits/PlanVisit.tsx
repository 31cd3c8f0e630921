/** Not built yet: shows nothing. */
export const PlanVisit = () => null;
