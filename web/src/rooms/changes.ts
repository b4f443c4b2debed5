import type { Entry, MessageNow } from "./wire";

/** How much of a message is shown above its answer. */
const QUOTED = 140;

/**
 * Entries with what has become of them since: of two changes of the same message the higher version is true, so whatever comes twice, or late, does no harm.
 * Answers show what they answer as it is now. The same array when nothing changed.
 */
export function withChanges(entries: readonly Entry[], changes: readonly MessageNow[]): readonly Entry[] {
  if (changes.length === 0) return entries;
  const latest = new Map<number, MessageNow>();
  for (const change of changes) {
    const known = latest.get(change.message);
    if (!known || known.version <= change.version) latest.set(change.message, change);
  }
  let changed = false;
  const now = entries.map((entry) => {
    if (entry.kind !== "chat") return entry;
    const next = quoting(become(entry, latest.get(entry.seq)), latest.get(entry.quote?.message ?? 0));
    changed ||= next !== entry;
    return next;
  });
  return changed ? now : entries;
}

/** All changes that these entries tell. */
export function changesIn(entries: readonly Entry[]): MessageNow[] {
  return entries.flatMap((entry) => entry.changes ?? []);
}

function become(entry: Entry, now: MessageNow | undefined): Entry {
  if (!now || (entry.now && entry.now.version >= now.version)) return entry;
  const text = now.removed ? null : (now.text ?? entry.text ?? null);
  return { ...entry, text, now, ...(now.removed && { quote: null }) };
}

function quoting(entry: Entry, now: MessageNow | undefined): Entry {
  if (!entry.quote || !now || (!now.removed && now.text == null)) return entry;
  const text = now.removed || now.text == null ? null : beginning(now.text);
  return text === entry.quote.text ? entry : { ...entry, quote: { ...entry.quote, text } };
}

/** One line of a text, to be shown above an answer. */
export function beginning(text: string): string {
  const line = text.replaceAll(/\s*\n\s*/g, " ");
  return line.length > QUOTED ? `${line.slice(0, QUOTED).trimEnd()}…` : line;
}
