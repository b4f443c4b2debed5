import { useEffect, useState } from "react";
import type { Entry } from "./wire.ts";

/** How many messages of others came since this person last saw the newest one. */
export function useUnread(entries: readonly Entry[], you: string | undefined, seeing: boolean): number {
  const newest = entries.at(-1)?.seq ?? 0;
  const [seen, setSeen] = useState<number>();
  useEffect(() => {
    if (seeing && newest > 0) setSeen(newest);
  }, [seeing, newest]);
  if (seeing || seen === undefined) return 0;
  let count = 0;
  for (let at = entries.length - 1; at >= 0; at--) {
    const entry = entries[at];
    if (!entry || entry.seq <= seen) break;
    if (entry.kind === "chat" && entry.person !== you) count++;
  }
  return count;
}
