import { AppError } from '#shared/contracts/errors.ts';

/** JSON of a value the page sent; what JSON cannot say (a BigInt, a cycle) is the page's mistake. @throws invalid_input. */
export const toJson = (value: unknown, path = 'value'): string => {
  try {
    return JSON.stringify(value) ?? 'null';
  } catch (cause) {
    throw new AppError('invalid_input', { fields: [{ path, rule: 'validation.type' }], cause });
  }
};
