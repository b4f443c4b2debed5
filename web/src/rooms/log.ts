import type { Entry, Frame, Joined, StageStatus } from "./wire";

/**
 * The log of one room as this client holds it. Pure: every step takes a log and answers a new one, so that drops,
 * reorderings and duplicates can be tested without a network.
 */
export interface RoomLog {
  /** Number of the last entry applied; undefined until the first join was answered. */
  seq: number | undefined;
  /** Oldest first, without gaps after the first snapshot, at most LOG_LIMIT. */
  entries: readonly Entry[];
  stage: StageStatus;
  present: number;
  watching: number;
  /** How far behind the audience is, in milliseconds, when the server knows. */
  latencyMs: number | undefined;
  /** Frames that came before the entries in front of them, kept until a join closes the gap. */
  early: readonly Frame[];
  /** Something is missing: join again with `after: seq`. */
  gap: boolean;
}

/** More than anybody scrolls back in a room; older entries are dropped from memory, not from the server. */
export const LOG_LIMIT = 5_000;
/** Frames worth keeping while a join is under way. What is above is fetched by one more join. */
export const EARLY_LIMIT = 128;

const DARK: StageStatus = { state: "dark" };

export const EMPTY_LOG: RoomLog = {
  seq: undefined,
  entries: [],
  stage: DARK,
  present: 0,
  watching: 0,
  latencyMs: undefined,
  early: [],
  gap: false,
};

/** The answer to a join, then every frame that came too early for it. */
export function applyJoined(log: RoomLog, joined: Joined): RoomLog {
  const replay = joined.replayed && log.seq !== undefined;
  const entries = replay ? append(log.entries, after(joined.entries, log.seq ?? 0)) : inOrder(joined.entries);
  const next: RoomLog = {
    ...log,
    seq: replay ? Math.max(log.seq ?? 0, joined.seq) : joined.seq,
    entries: latest(entries),
    stage: joined.stage ?? DARK,
    present: joined.present,
    watching: joined.watching,
    early: [],
    gap: false,
  };
  return [...log.early].sort((a, b) => a.prev - b.prev).reduce(applyFrame, next);
}

/** One frame. A frame from the past adds nothing, a frame from the future is kept and raises `gap`. */
export function applyFrame(log: RoomLog, frame: Frame): RoomLog {
  const counted: RoomLog = {
    ...log,
    present: frame.present ?? log.present,
    watching: frame.watching ?? log.watching,
    latencyMs: frame.latencyMs ?? log.latencyMs,
  };
  if (log.seq === undefined || frame.prev > log.seq) {
    const early = [...log.early, frame].slice(-EARLY_LIMIT);
    return { ...counted, early, gap: log.seq !== undefined };
  }
  const fresh = after(frame.entries, log.seq);
  if (fresh.length === 0) return counted;
  return {
    ...counted,
    seq: Math.max(log.seq, frame.seq),
    entries: latest(append(log.entries, fresh)),
    stage: stageAfter(log.stage, fresh),
  };
}

function stageAfter(stage: StageStatus, entries: readonly Entry[]): StageStatus {
  return entries.reduce((now, entry) => entry.stage ?? now, stage);
}

function after(entries: readonly Entry[], seq: number): Entry[] {
  return inOrder(entries.filter((entry) => entry.seq > seq));
}

function inOrder(entries: readonly Entry[]): Entry[] {
  return [...entries].sort((a, b) => a.seq - b.seq);
}

function append(entries: readonly Entry[], more: readonly Entry[]): readonly Entry[] {
  return more.length === 0 ? entries : [...entries, ...more];
}

function latest(entries: readonly Entry[]): readonly Entry[] {
  return entries.length > LOG_LIMIT ? entries.slice(-LOG_LIMIT) : entries;
}
