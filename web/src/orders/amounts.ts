/** Currencies that tickets are sold in; the server knows the same. */
export const currencies = [
  "EUR",
  "USD",
  "GBP",
  "CHF",
  "AUD",
  "BRL",
  "CAD",
  "CZK",
  "DKK",
  "INR",
  "JPY",
  "KRW",
  "MXN",
  "NOK",
  "NZD",
  "PLN",
  "SEK",
  "SGD",
  "ZAR",
];

/** How many decimals people write amounts of a currency with. */
export function decimalsOf(currency: string): number {
  return new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/**
 * What somebody typed, `49`, `49.5` or `49,50`, as a whole number of the smallest unit; undefined when it is no amount.
 * It never goes through a fraction, so that nothing is rounded.
 */
export function parseAmount(text: string, decimals: number): number | undefined {
  const match = /^(\d{1,7})(?:[.,](\d*))?$/.exec(text.trim());
  const fraction = match?.[2] ?? "";
  if (!match || fraction.length > decimals) return undefined;
  return Number(match[1]) * 10 ** decimals + Number(fraction.padEnd(decimals, "0") || "0");
}

/** The other way: `4900` is `49.00`. */
export function writeAmount(amount: number, decimals: number): string {
  return (amount / 10 ** decimals).toFixed(decimals);
}
