import { useSyncExternalStore } from "react";
import { serverNow } from "../attend/index.ts";

const STEP_MS = 250;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function listen(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const tell of listeners) tell();
  }, STEP_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The present by the server's clock, in quarters of a second (Unix milliseconds); draws anew when it moves on. */
export function useServerNow(): number {
  return useSyncExternalStore(listen, () => Math.floor(serverNow() / STEP_MS) * STEP_MS);
}
