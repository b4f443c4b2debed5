import { useSyncExternalStore } from "react";

export const SIZES = ["s", "m", "l"] as const;
export type CaptionSize = (typeof SIZES)[number];

/** How a person reads captions; the same in every room and replay of this browser. */
export interface CaptionSettings {
  on: boolean;
  size: CaptionSize;
  /** What they chose last; undefined follows the browser's languages. */
  language: string | undefined;
}

const KEY = "plenary.captions";
const listeners = new Set<() => void>();
let settings = read();

function read(): CaptionSettings {
  try {
    const kept = JSON.parse(globalThis.localStorage?.getItem(KEY) ?? "{}") as Partial<CaptionSettings>;
    return {
      on: kept.on === true,
      size: SIZES.find((size) => size === kept.size) ?? "m",
      language: typeof kept.language === "string" ? kept.language : undefined,
    };
  } catch {
    return { on: false, size: "m", language: undefined };
  }
}

export function changeCaptions(change: Partial<CaptionSettings>): void {
  settings = { ...settings, ...change };
  try {
    globalThis.localStorage?.setItem(KEY, JSON.stringify(settings));
  } catch {
    // Kept for this visit only.
  }
  for (const listener of listeners) listener();
}

export function useCaptionSettings(): CaptionSettings {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => settings,
  );
}

/** The language to show of those there are: the one chosen, else one the person reads, else the first. */
export function choose(
  languages: readonly string[],
  wanted: string | undefined,
  readers: readonly string[] = globalThis.navigator?.languages ?? [],
): string | undefined {
  const base = (tag: string) => tag.split("-")[0]?.toLowerCase();
  for (const tag of wanted ? [wanted, ...readers] : readers) {
    const found = languages.find((one) => one === tag) ?? languages.find((one) => base(one) === base(tag));
    if (found) return found;
  }
  return languages[0];
}

/** What a language calls itself: Deutsch, português (Brasil). */
export function nameOf(language: string): string {
  try {
    return new Intl.DisplayNames([language], { type: "language" }).of(language) ?? language;
  } catch {
    return language;
  }
}
