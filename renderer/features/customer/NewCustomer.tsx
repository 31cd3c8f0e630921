/** Not built yet: shows nothing. */
export const NewCustomer = () => null;
