/** Not built yet: shows nothing. */
export const ImportPage = () => null;
