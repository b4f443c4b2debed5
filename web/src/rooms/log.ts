import { newerPlan, type Plan } from "../stage/plan.ts";
import { changesIn, withChanges } from "./changes";
import type { Entry, Frame, Joined, StageStatus } from "./wire";

/**
 * The log of one room as this client holds it. Pure: every step takes a log and answers a new one, so that drops,
 * reorderings and duplicates can be tested without a network.
 */
export interface RoomLog {
  /** Number of the last entry applied; undefined until the first join was answered. */
  seq: number | undefined;
  /** Oldest first, each number once, at most LOG_LIMIT. */
  entries: readonly Entry[];
  /** Number of the latest snapshot. A number above it that is missing from `entries` was left out by the server. */
  snapshot: number;
  stage: StageStatus;
  /** Backstage: what is on the stage. */
  plan: Plan | undefined;
  present: number;
  watching: number;
  /** How far behind the audience is, in milliseconds, when the server knows. */
  latencyMs: number | undefined;
  /** Frames that came before the entries in front of them, kept until a join closes the gap. */
  early: readonly Frame[];
  /** Entries left out of frames that are not here yet. */
  ahead: readonly Entry[];
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
  snapshot: 0,
  stage: DARK,
  plan: undefined,
  present: 0,
  watching: 0,
  latencyMs: undefined,
  early: [],
  ahead: [],
  gap: false,
};

/** The answer to a join, then every frame that came too early for it. */
export function applyJoined(log: RoomLog, joined: Joined): RoomLog {
  const next: RoomLog = {
    ...log,
    ...(joined.replayed || isBehind(log, joined) ? continued(log, joined) : replaced(joined)),
    stage: joined.stage ?? DARK,
    plan: planAfter(newerPlan(log.plan, joined.plan), joined.entries),
    present: joined.present,
    watching: joined.watching,
    early: [],
    gap: false,
  };
  return [...log.early].sort((a, b) => a.prev - b.prev).reduce(applyFrame, withAhead(next));
}

type Held = Pick<RoomLog, "seq" | "entries" | "snapshot">;

function continued(log: RoomLog, joined: Joined): Held {
  if (log.seq === undefined) return replaced(joined);
  return {
    seq: Math.max(log.seq, joined.seq),
    entries: latest(appended(log.entries, after(joined.entries, log.seq))),
    snapshot: log.snapshot,
  };
}

function replaced(joined: Joined): Held {
  return { seq: joined.seq, entries: latest(inOrder(joined.entries)), snapshot: joined.seq };
}

/** The snapshot of a process that has not heard yet what another one told us already: it is of our log, and adds nothing. */
function isBehind(log: RoomLog, { seq, entries }: Joined): boolean {
  if (log.seq === undefined || seq >= log.seq) return false;
  const ids = new Set(entries.map((entry) => entry.id));
  return log.entries.some((entry) => ids.has(entry.id));
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
  if (frame.seq <= log.seq) return counted;
  const fresh = after(frame.entries, log.seq);
  return withAhead({
    ...counted,
    seq: frame.seq,
    entries: latest(appended(log.entries, fresh)),
    stage: stageAfter(log.stage, fresh),
    plan: planAfter(log.plan, fresh),
  });
}

/** Entries that a frame left out, each put in at its number; those of numbers to come wait for their frame. */
export function applyAlso(log: RoomLog, entries: readonly Entry[]): RoomLog {
  return withAhead({ ...log, ahead: [...log.ahead, ...entries].slice(-EARLY_LIMIT) });
}

function withAhead(log: RoomLog): RoomLog {
  const { seq, ahead } = log;
  if (seq === undefined || !ahead.some((entry) => entry.seq <= seq)) return log;
  const held = new Set(log.entries.map((entry) => entry.seq));
  const missing = ahead.filter((entry) => entry.seq <= seq && !held.has(entry.seq) && held.add(entry.seq));
  return {
    ...log,
    // What was said of them before they came counts for them, too.
    entries:
      missing.length === 0
        ? log.entries
        : latest(withChanges(inOrder([...log.entries, ...missing]), changesIn(log.entries))),
    ahead: ahead.filter((entry) => entry.seq > seq),
  };
}

function stageAfter(stage: StageStatus, entries: readonly Entry[]): StageStatus {
  return entries.reduce((now, entry) => entry.stage ?? now, stage);
}

function planAfter(plan: Plan | undefined, entries: readonly Entry[]): Plan | undefined {
  return entries.reduce((now, entry) => newerPlan(now, entry.plan), plan);
}

function after(entries: readonly Entry[], seq: number): Entry[] {
  return inOrder(entries.filter((entry) => entry.seq > seq));
}

function inOrder(entries: readonly Entry[]): Entry[] {
  return [...entries].sort((a, b) => a.seq - b.seq);
}

/** With more entries behind, and what those say has become of the ones before. */
function appended(entries: readonly Entry[], more: readonly Entry[]): readonly Entry[] {
  return more.length === 0 ? entries : withChanges([...entries, ...more], changesIn(more));
}

function latest(entries: readonly Entry[]): readonly Entry[] {
  return entries.length > LOG_LIMIT ? entries.slice(-LOG_LIMIT) : entries;
}
