import type { Quality } from "./engine";
import type { Link } from "./link";

interface Counted {
  lost: number;
  received: number;
  frames: number;
}

/** How well a link works, from what the browser counts on it. */
export class LinkMeter {
  quality: Quality | undefined;
  /** Of what we send. */
  uplink: Quality | undefined;
  private before: Counted | undefined;
  private readonly link: Link;

  constructor(link: Link) {
    this.link = link;
  }

  /** How loud the peer's microphone is now, from 0 to 1: as loud as the loudest packet that is being played. */
  level(): number {
    let loudest = 0;
    for (const { receiver } of this.link.pc?.getTransceivers() ?? []) {
      if (receiver.track.kind !== "audio") continue;
      for (const { audioLevel } of receiver.getSynchronizationSources?.() ?? [])
        loudest = Math.max(loudest, audioLevel ?? 0);
    }
    return loudest;
  }

  /** Looks at the counters; true when what they say is another than before. */
  async measure(): Promise<boolean> {
    const { pc } = this.link;
    if (pc?.connectionState !== "connected") return this.say(undefined, undefined);
    const now: Counted = { lost: 0, received: 0, frames: 0 };
    let roundTrip = 0;
    let sentLost = 0;
    for (const report of (await pc.getStats().catch(() => new Map())).values()) {
      if (report.type === "inbound-rtp") {
        now.lost += report.packetsLost ?? 0;
        now.received += report.packetsReceived ?? 0;
        now.frames += report.framesDecoded ?? 0;
      } else if (report.type === "remote-inbound-rtp") sentLost = Math.max(sentLost, report.fractionLost ?? 0);
      else if (report.type === "candidate-pair" && report.nominated)
        roundTrip = Math.max(roundTrip, report.currentRoundTripTime ?? 0);
    }
    const { before } = this;
    this.before = now;
    if (!before) return false;
    const lost = Math.max(0, now.lost - before.lost);
    const expected = lost + Math.max(0, now.received - before.received);
    return this.say(grade(expected > 0 ? lost / expected : 0, roundTrip), grade(sentLost, roundTrip));
  }

  private say(quality: Quality | undefined, uplink: Quality | undefined): boolean {
    const changed = quality !== this.quality || uplink !== this.uplink;
    [this.quality, this.uplink] = [quality, uplink];
    return changed;
  }
}

/** From 2 % of lost packets on pictures stutter, from 8 % on speech does; a conversation notices 300 ms and suffers from 700. */
export function grade(lost: number, roundTripSeconds: number): Quality {
  if (lost > 0.08 || roundTripSeconds > 0.7) return "poor";
  return lost > 0.02 || roundTripSeconds > 0.3 ? "fair" : "good";
}
