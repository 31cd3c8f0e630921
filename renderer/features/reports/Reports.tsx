/** Not built yet: shows nothing. */
export const Reports = () => null;
