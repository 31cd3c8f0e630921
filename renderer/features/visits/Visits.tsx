/** Not built yet: shows nothing. */
export const Visits = () => null;
