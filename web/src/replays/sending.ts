import { useSyncExternalStore } from "react";
import { UploadError } from "../events/upload.ts";
import { sendRecording } from "./upload.ts";

/** A file that this window is sending. */
export interface Sending {
  received: number;
  /** Nothing goes through at the moment. */
  waiting: boolean;
  /** The server's sentence, once it was refused. */
  problem?: string;
}

const files = new Map<string, { state: Sending; stop: AbortController }>();
const listeners = new Set<() => void>();
let view: ReadonlyMap<string, Sending> = new Map();

function tell() {
  view = new Map([...files].map(([id, { state }]) => [id, state]));
  for (const listener of listeners) listener();
  // Leaving would stop it; moving about on the desk does not.
  window.onbeforeunload = [...files.values()].some(({ state }) => !state.problem)
    ? (event) => event.preventDefault()
    : null;
}

/** Sends a file, whatever page of the desk is shown meanwhile; answers when it is over. */
export async function sendInBackground(id: string, url: string, file: File): Promise<void> {
  stopSending(id);
  const entry = { state: { received: 0, waiting: false } as Sending, stop: new AbortController() };
  const change = (what: Partial<Sending>) => {
    entry.state = { ...entry.state, ...what };
    if (files.get(id) === entry) tell();
  };
  files.set(id, entry);
  tell();
  try {
    await sendRecording(url, file, {
      signal: entry.stop.signal,
      onReceived: (received) => change({ received }),
      onWaiting: (waiting) => change({ waiting }),
    });
    if (files.get(id) === entry) files.delete(id);
    tell();
  } catch (error) {
    if (error instanceof UploadError) change({ problem: error.message || " " });
  }
}

export function stopSending(id: string): void {
  files.get(id)?.stop.abort();
  if (files.delete(id)) tell();
}

/** What this window is sending, by upload. */
export function useSending(): ReadonlyMap<string, Sending> {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => view,
  );
}
