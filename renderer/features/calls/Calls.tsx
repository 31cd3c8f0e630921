/** Not built yet: shows nothing. */
export const Calls = () => null;
