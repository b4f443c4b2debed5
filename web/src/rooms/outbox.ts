import type { Entry, Posted, Refusal } from "./wire";

/** A message this person wrote that the log does not show yet. */
export interface OutgoingPost {
  id: string;
  text: string;
  /** When it was written, on this device's clock. */
  at: number;
  /** Set once the server has it on disk; it stays here until its entry arrives. */
  seq?: number | undefined;
  /** Set when the server said no; the text is kept for another try. */
  refusal?: Refusal | undefined;
}

/** Messages on their way, oldest first. Pure, like the log. */
export type Outbox = readonly OutgoingPost[];

export function write(box: Outbox, post: OutgoingPost): Outbox {
  return [...box, post];
}

/** The server has it. When the log is already past its number, its entry was seen or is older than the snapshot. */
export function acknowledge(box: Outbox, id: string, posted: Posted, logSeq: number): Outbox {
  if (posted.seq <= logSeq) return discard(box, id);
  return box.map((post) => (post.id === id ? { ...post, seq: posted.seq, refusal: undefined } : post));
}

export function refuse(box: Outbox, id: string, refusal: Refusal): Outbox {
  return box.map((post) => (post.id === id ? { ...post, refusal } : post));
}

/** Puts a refused message back in line. */
export function tryAgain(box: Outbox, id: string): Outbox {
  return box.map((post) => (post.id === id ? { ...post, refusal: undefined } : post));
}

export function discard(box: Outbox, id: string): Outbox {
  return box.filter((post) => post.id !== id);
}

/** Leaves out what the log now shows, and what was acknowledged below the number the log has reached. */
export function settle(box: Outbox, entries: readonly Entry[], logSeq: number): Outbox {
  if (box.length === 0) return box;
  const shown = new Set(entries.map((entry) => entry.id));
  const rest = box.filter((post) => !shown.has(post.id) && (post.seq === undefined || post.seq > logSeq));
  return rest.length === box.length ? box : rest;
}

/** The next message to send: in the order written, skipping what was answered either way. */
export function nextToSend(box: Outbox): OutgoingPost | undefined {
  return box.find((post) => post.seq === undefined && post.refusal === undefined);
}
