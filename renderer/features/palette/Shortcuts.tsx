/** Not built yet: shows nothing. */
export const Shortcuts = () => null;
