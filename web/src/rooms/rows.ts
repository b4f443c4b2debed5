import { LOG_LIMIT, type RoomLog } from "./log.ts";
import type { OutgoingPost } from "./outbox.ts";
import type { Entry } from "./wire.ts";

/** Messages of one person within this time stand under one name. */
const TOGETHER_MS = 120_000;
/** What was left out within this time is said in one line, at the place where the latest of it is missing. */
const LEFT_TOGETHER_MS = 30_000;

/** How many messages are missing at a place, because more were written than anybody could read. */
export interface LeftOut {
  count: number;
  /** Number of the first that is missing. */
  first: number;
  /** Times of the messages after the first and after the last that is missing. */
  from: number;
  to: number;
  /** Still going on. */
  now: boolean;
}

export type Row =
  | { key: string; entry: Entry; together: boolean }
  | { key: string; left: LeftOut }
  | { key: string; unread: true }
  | { key: string; post: OutgoingPost };

const NOBODY: ReadonlySet<string> = new Set();

/**
 * The log's rows: what was said, a line where more was said than is shown, then what is still on its way. Whom the reader
 * blocks is not heard, unless they speak for the event. Above the first message after `unreadAfter` a line says that it is new.
 */
export function rowsOf(
  log: Pick<RoomLog, "entries" | "seq" | "snapshot">,
  outbox: readonly OutgoingPost[],
  blocked: ReadonlySet<string> = NOBODY,
  unreadAfter?: number,
): Row[] {
  const { entries } = log;
  const lines = leftOutLines(log);
  const rows: Row[] = [];
  let stage = "dark";
  let marked = unreadAfter === undefined;
  entries.forEach((entry, index) => {
    const left = lines.get(index);
    if (left) rows.push({ key: `left-${left.first}`, left });
    if (entry.kind === "chat" && entry.role === "attendee" && entry.person && blocked.has(entry.person)) return;
    // A plan is shown as the stage it describes, a change as the message that it changed.
    if (entry.kind === "plan" || entry.kind === "change") return;
    // Of what is told of the stage only what it does now is worth a line, not who else is on it.
    if (entry.kind === "stage") {
      const now = [entry.stage?.state, entry.stage?.broadcast].filter(Boolean).join(" ");
      if (now === stage) return;
      stage = now;
    }
    if (!marked && entry.kind === "chat" && entry.seq > (unreadAfter ?? 0)) {
      marked = true;
      if (rows.length > 0) rows.push({ key: "unread", unread: true });
    }
    const above = left ? undefined : rows.at(-1);
    const before = above && "entry" in above ? above.entry : undefined;
    const together =
      before?.kind === "chat" &&
      entry.kind === "chat" &&
      before.person === entry.person &&
      !entry.quote &&
      entry.at - before.at < TOGETHER_MS;
    rows.push({ key: entry.id, entry, together });
  });
  const last = lines.get(entries.length);
  if (last) rows.push({ key: `left-${last.first}`, left: last });
  return [...rows, ...outbox.map((post): Row => ({ key: post.id, post }))];
}

/** Lines by the index of the entry they stand before. Below the snapshot nothing is known to be missing. */
function leftOutLines({ entries, seq, snapshot }: Pick<RoomLog, "entries" | "seq" | "snapshot">): Map<number, LeftOut> {
  const lines = new Map<number, LeftOut>();
  const newest = entries.at(-1);
  // What fell off the far end of a full log is not missing.
  let before = entries.length < LOG_LIMIT ? snapshot : Math.max(snapshot, (entries[0]?.seq ?? 0) - 1);
  let line: LeftOut | undefined;
  let place = 0;
  const missing = (index: number, next: number, at: number) => {
    const count = next - before - 1;
    before = Math.max(before, next);
    if (count <= 0) return;
    if (line && at - line.from < LEFT_TOGETHER_MS) {
      lines.delete(place);
      line = { ...line, count: line.count + count, to: at };
    } else line = { count, first: next - count, from: at, to: at, now: false };
    place = index;
    lines.set(place, line);
  };
  for (const [index, entry] of entries.entries()) missing(index, entry.seq, entry.at);
  missing(entries.length, (seq ?? 0) + 1, newest?.at ?? 0);
  if (line && (newest?.at ?? 0) - line.to < LEFT_TOGETHER_MS) line.now = true;
  return lines;
}
