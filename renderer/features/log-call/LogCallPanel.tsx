/** Not built yet: shows nothing. */
export const LogCallPanel = () => null;
