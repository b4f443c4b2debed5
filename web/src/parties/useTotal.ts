import { useRef } from "react";
import { serverNow } from "../attend/index.ts";

/** How long a clock runs in all, from when it was first seen in this phase; a clock that was given more time has a longer ring. */
export function useTotal(until: number | undefined, phase: string, least = 0): number {
  const seen = useRef<{ phase: string; from: number }>(undefined);
  if (until !== undefined && seen.current?.phase !== phase) seen.current = { phase, from: serverNow() };
  return Math.max(least, until === undefined || !seen.current ? 0 : until - seen.current.from);
}
