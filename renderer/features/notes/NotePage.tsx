/** Not built yet: shows nothing. */
export const NotePage = () => null;
