import type { CSSProperties } from "react";

/** Attributes for the element that carries an event's colour: everything inside derives its accent from it. */
export function brand(accent: string | undefined) {
  if (!accent || !/^#[0-9a-f]{6}$/i.test(accent)) return { "data-brand": "" };
  return { "data-brand": "", style: { "--brand": accent } as CSSProperties };
}
