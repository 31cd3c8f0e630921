/** Not built yet: shows nothing. */
export const Scripts = () => null;
