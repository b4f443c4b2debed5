import { locale } from "./i18n/i18n.ts";

/** `€49.00`: an amount in the smallest unit of a currency. */
export function formatMoney(amount: number, currency: string): string {
  const format = new Intl.NumberFormat(locale(), { style: "currency", currency });
  return format.format(amount / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}
