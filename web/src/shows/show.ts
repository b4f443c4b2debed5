import type { CueInput, ShowQuery } from "../gql/graphql.ts";
import type { IconName } from "../platform/icons/names.ts";

export type Show = ShowQuery["show"];
export type Cue = Show["cues"][number];
export type CueKind = CueInput["kind"];
export type CueAnchor = CueInput["anchor"];

export const KINDS: readonly CueKind[] = [
  "ANNOUNCE",
  "OPEN_POLL",
  "CLOSE_POLL",
  "MOVE",
  "START_SESSION",
  "END_SESSION",
  "OPEN_STAGE",
  "PLAY_VIDEO",
  "INTERMISSION",
  "START_PARTY",
  "DOORS_OPEN",
  "DOORS_CLOSE",
];

export const ANCHORS: readonly CueAnchor[] = ["HAND", "TIME", "SESSION_START", "SESSION_END", "CUE"];

export const ICONS: Record<CueKind, IconName> = {
  ANNOUNCE: "bell",
  OPEN_POLL: "poll",
  CLOSE_POLL: "chart",
  MOVE: "right",
  START_SESSION: "play",
  END_SESSION: "check",
  OPEN_STAGE: "live",
  PLAY_VIDEO: "screen",
  INTERMISSION: "pause",
  START_PARTY: "party",
  DOORS_OPEN: "home",
  DOORS_CLOSE: "leave",
};

/** The same by this machine's clock, so that no two clocks need to agree. */
export function byOurClock(show: Show, here: number): Show {
  const ahead = here - show.now;
  const ours = (at: number | null) => (at === null ? null : at + ahead);
  return {
    ...show,
    now: here,
    cues: show.cues.map((cue) => ({ ...cue, due: ours(cue.due), expected: ours(cue.expected) })),
    shifts: show.shifts.map((shift) => ({ ...shift, at: shift.at + ahead })),
  };
}

/** Of two the newer: what was asked for may be overtaken by what was asked for later. */
export function newer(known: Show | undefined, next: Show): Show {
  return known && known.event === next.event && known.version > next.version ? known : next;
}

/** The cue that the clock fires next, and when. */
export function nextByClock(show: Show): { cue: Cue; due: number } | undefined {
  if (!show.autopilot) return undefined;
  let first: { cue: Cue; due: number } | undefined;
  for (const cue of show.cues) if (cue.due != null && (!first || cue.due < first.due)) first = { cue, due: cue.due };
  return first;
}

/** What the hand fires next. */
export function nextByHand(show: Show): Cue | undefined {
  return show.cues.find((cue) => cue.next);
}

/** How much later everything is than it was planned this morning, in minutes. */
export function lateBy(show: Show): number {
  return show.shifts.reduce((sum, { minutes }) => sum + minutes, 0);
}

/** Cues that may be waited for: not itself, and none that waits for it already. */
export function mayWaitFor(cues: readonly Cue[], cue: string): Cue[] {
  const waits = new Set([cue]);
  for (let grew = true; grew; ) {
    grew = false;
    for (const { id, anchor, after } of cues)
      if (anchor === "CUE" && after && waits.has(after) && !waits.has(id)) {
        waits.add(id);
        grew = true;
      }
  }
  return cues.filter(({ id }) => !waits.has(id));
}
