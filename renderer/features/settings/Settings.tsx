/** Not built yet: shows nothing. */
export const Settings = () => null;
