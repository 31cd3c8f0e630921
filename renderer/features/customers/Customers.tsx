/** Not built yet: shows nothing. */
export const Customers = () => null;
