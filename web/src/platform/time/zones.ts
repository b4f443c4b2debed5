import { useSyncExternalStore } from "react";
import { locale } from "../i18n/i18n.ts";

const key = "plenary.zone";
const listeners = new Set<() => void>();

/** Whether this browser can tell the time there. */
export function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** The zone the visitor's device is set to. */
export function deviceZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}

/** The zone times are shown in: the visitor's last choice, else the device's. */
export function visitorZone(): string {
  const stored = localStorage.getItem(key);
  return stored && isZone(stored) ? stored : deviceZone();
}

export function chooseZone(zone: string): void {
  if (zone === deviceZone()) localStorage.removeItem(key);
  else localStorage.setItem(key, zone);
  for (const listener of listeners) listener();
}

/** The zone times are shown in, following the visitor's choice anywhere on the page. */
export function useVisitorZone(): string {
  return useSyncExternalStore((changed) => {
    listeners.add(changed);
    return () => listeners.delete(changed);
  }, visitorZone);
}

/** All zones of this browser, with `always` among them, sorted by name. */
export function zoneNames(...always: string[]): string[] {
  return [...new Set([...Intl.supportedValuesOf("timeZone"), "UTC", ...always])].sort();
}

/** `Europe/London` → `London`. */
export function zoneCity(zone: string): string {
  return (zone.split("/").pop() ?? zone).replaceAll("_", " ");
}

/** The zone by name at that moment, daylight saving told apart: `London, GMT`, `London, BST`. */
export function zoneLabel(zone: string, at: Date): string {
  const short = new Intl.DateTimeFormat(locale(), { timeZone: zone, timeZoneName: "short" })
    .formatToParts(at)
    .find((part) => part.type === "timeZoneName")?.value;
  const city = zoneCity(zone);
  return !short || short === city ? city : `${city}, ${short}`;
}
