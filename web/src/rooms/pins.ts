import type { Entry } from "./wire.ts";

/** What is pinned now: what was asked for, and what the log has told since. */
export function pinsNow(asked: readonly Entry[], entries: readonly Entry[]): Entry[] {
  const pins = new Map(asked.map((entry) => [entry.seq, entry]));
  for (const entry of entries) {
    if (entry.kind === "chat") {
      if (entry.now?.pinned) pins.set(entry.seq, entry);
      else if (entry.now && entry.now.version > (pins.get(entry.seq)?.now?.version ?? 0)) pins.delete(entry.seq);
    }
    for (const change of entry.changes ?? [])
      if (!change.pinned && change.version > (pins.get(change.message)?.now?.version ?? 0)) pins.delete(change.message);
  }
  return [...pins.values()].sort((a, b) => a.seq - b.seq);
}

/** Number of the newest change that pins a message which is not here; 0 when nothing is missing. */
export function missingPins(asked: readonly Entry[], entries: readonly Entry[]): number {
  const here = new Set([...asked, ...entries.filter(({ kind }) => kind === "chat")].map(({ seq }) => seq));
  let newest = 0;
  for (const { changes } of entries)
    for (const { pinned, message, version } of changes ?? [])
      if (pinned && !here.has(message)) newest = Math.max(newest, version);
  return newest;
}
