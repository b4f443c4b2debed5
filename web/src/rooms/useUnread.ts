import { useEffect, useRef, useState } from "react";
import type { Entry } from "./wire.ts";

const KEY = "plenary.read.";

/** How far this person has read a room, in whichever tab. */
function readUpTo(room: string): number | undefined {
  try {
    const kept = Number(localStorage.getItem(KEY + room));
    return Number.isSafeInteger(kept) && kept > 0 ? kept : undefined;
  } catch {
    return undefined; // A browser that keeps nothing.
  }
}

function keepRead(room: string, seq: number): void {
  try {
    if ((readUpTo(room) ?? 0) < seq) localStorage.setItem(KEY + room, String(seq));
  } catch {
    // This tab knows it all the same.
  }
}

interface Unread {
  /** Messages of others since this person last saw the newest one. */
  count: number;
  /** Of those the ones that call or answer this person. */
  forYou: number;
  /** Where the line stands above what was new when the reader came; undefined when nothing was. */
  after: number | undefined;
}

/** What is new to this person in a room. What is read in one tab is read in all of them, and after a reload. */
export function useUnread(room: string, entries: readonly Entry[], you: string | undefined, seeing: boolean): Unread {
  const newest = entries.at(-1)?.seq ?? 0;
  const [seen, setSeen] = useState<number | undefined>(() => readUpTo(room));
  const [after, setAfter] = useState<number>();
  const began = useRef(false);
  useEffect(() => {
    const elsewhere = ({ key }: StorageEvent) => {
      if (key === KEY + room) setSeen((here) => Math.max(here ?? 0, readUpTo(room) ?? 0) || undefined);
    };
    globalThis.addEventListener("storage", elsewhere);
    return () => globalThis.removeEventListener("storage", elsewhere);
  }, [room]);
  useEffect(() => {
    if (!seeing) {
      began.current = false;
      return;
    }
    if (newest === 0) return;
    if (!began.current) {
      began.current = true;
      setAfter(seen !== undefined && seen < newest ? seen : undefined);
    }
    setSeen(newest);
    keepRead(room, newest);
  }, [room, seeing, newest, seen]);
  if (seeing || seen === undefined) return { count: 0, forYou: 0, after };
  let count = 0;
  let forYou = 0;
  for (let at = entries.length - 1; at >= 0; at--) {
    const entry = entries[at];
    if (!entry || entry.seq <= seen) break;
    if (entry.kind !== "chat" || entry.person === you || entry.now?.removed) continue;
    count++;
    if (you && (entry.mentions?.includes(you) || entry.quote?.person === you)) forYou++;
  }
  return { count, forYou, after };
}
