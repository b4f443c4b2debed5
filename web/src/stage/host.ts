import type { Plan } from "./plan.ts";

/** What a window is to do about the audience's picture. */
export type HostStep = "nothing" | "take-over" | "stand-down";

interface HostView {
  plan: Plan;
  /** This window, in the call of the backstage. */
  peer: string | undefined;
  /** A broadcast is open, live or interrupted. */
  open: boolean;
  /** This window uploads, or is about to. */
  uploading: boolean;
  /** The plan's version by which this window made itself the host; what is older does not count against it. */
  since: number;
  /** The plan's version for which taking over has been tried. */
  tried: number;
}

/** The plan says who makes the picture; a window follows it, in either direction. */
export function hostStep({ plan, peer, open, uploading, since, tried }: HostView): HostStep {
  const mine = peer !== undefined && plan.host?.peer === peer;
  if (uploading) return plan.host !== undefined && !mine && plan.version >= since ? "stand-down" : "nothing";
  return mine && open && plan.version > tried ? "take-over" : "nothing";
}
