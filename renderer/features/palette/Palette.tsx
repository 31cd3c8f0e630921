/** Not built yet: shows nothing. */
export const Palette = () => null;
