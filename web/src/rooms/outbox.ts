import type { Entry, Posted, Quote, Refusal, You } from "./wire";

/** A message this person wrote that the log does not show yet. */
export interface OutgoingPost {
  id: string;
  text: string;
  /** When it was written, on this device's clock; once the server has it, on the server's. */
  at: number;
  /** What it answers. */
  reply?: Quote | undefined;
  /** Whom it calls. */
  mentions?: readonly string[] | undefined;
  /** Set once the server has it on disk; it stays here until its entry arrives. */
  seq?: number | undefined;
  /** The server has it and shows it to nobody else yet, and perhaps never. */
  held?: true | undefined;
  /** Set when the server said no; the text is kept for another try. */
  refusal?: Refusal | undefined;
}

/** Messages on their way, oldest first. Pure, like the log. */
export type Outbox = readonly OutgoingPost[];

export function write(box: Outbox, post: OutgoingPost): Outbox {
  return [...box, post];
}

/** The server has it, under this number. */
export function acknowledge(box: Outbox, id: string, { seq, at, held }: Posted): Outbox {
  const has = held ? { held, at, refusal: undefined } : { seq, at, refusal: undefined };
  return box.map((post) => (post.id === id ? { ...post, ...has } : post));
}

/**
 * What the server has, at numbers the log has passed without showing it: the frame left it out. It is the writer's own, so
 * it is shown all the same, whether the server sends it once more or not.
 */
export function leftOut(box: Outbox, entries: readonly Entry[], logSeq: number, you: You): Entry[] {
  const passed = box.filter((post) => post.seq !== undefined && post.seq <= logSeq);
  if (passed.length === 0) return [];
  const shown = new Set(entries.map((entry) => entry.id));
  return passed.flatMap(({ id, seq, at, text, reply, mentions }) =>
    seq === undefined || shown.has(id)
      ? []
      : [
          {
            seq,
            id,
            kind: "chat",
            at,
            person: you.id,
            name: you.name,
            role: you.role,
            text,
            ...(reply && { quote: reply }),
            ...(mentions && { mentions }),
          },
        ],
  );
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
  return box.find((post) => post.seq === undefined && !post.held && post.refusal === undefined);
}
