/** Not built yet: shows nothing. */
export const CustomerPage = () => null;
