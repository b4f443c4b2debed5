import { useCallback, useEffect, useRef } from "react";
import { useToast } from "../platform/components/index.ts";
import { refusalOf } from "../platform/graph/refusal.ts";
import type { LiveRoom } from "./live.ts";
import { refusalOf as hubRefusalOf } from "./wire.ts";

/** A whole room does not ask at the same moment. */
export const SPREAD_MS = 1_500;

/** Whoever comes waits only so long for what is not there yet. */
const FIRST_MS = 300;

/** Asks for something of a room whenever the room was joined (again), and within so many milliseconds when it is told to. */
export function useAsked(
  live: LiveRoom,
  refresh: () => Promise<void>,
  known: () => boolean,
): (withinMs: number) => void {
  const asking = useRef<ReturnType<typeof setTimeout>>(undefined);
  const soon = useCallback(
    (withinMs: number) => {
      clearTimeout(asking.current);
      asking.current = setTimeout(() => void refresh(), Math.random() * withinMs);
    },
    [refresh],
  );
  useEffect(() => () => clearTimeout(asking.current), []);
  useEffect(() => live.onLine((joined) => joined && soon(known() ? SPREAD_MS : FIRST_MS)), [live, known, soon]);
  return soon;
}

/** Does something, or says why it was refused; answers the code of that, or nothing when it was done. */
export function useTried(): (act: () => Promise<unknown>) => Promise<string | undefined> {
  const toast = useToast();
  return useCallback(
    async (act) => {
      try {
        await act();
        return undefined;
      } catch (error) {
        const refusal = hubRefusalOf(error) ?? refusalOf(error);
        toast({ text: refusal.message, icon: "warn" });
        return refusal.code;
      }
    },
    [toast],
  );
}
