const known = new Map<string, number>();

/** How many decimals a currency has: 2 for CNY, 0 for JPY. A code nobody knows counts as two. */
export const minorDigits = (currency: string): number => {
  let digits = known.get(currency);
  if (digits === undefined) {
    const options = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
    digits = options.maximumFractionDigits ?? 2;
    known.set(currency, digits);
  }
  return digits;
};

/** An amount as people write it, for display and documents; reckoning stays in minor units. */
export const majorUnits = (minor: number, currency: string): number => minor / 10 ** minorDigits(currency);
