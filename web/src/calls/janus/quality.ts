import type { Quality } from "../engine";

/** Of packets, above which talking becomes tiring, and above which it hardly works. */
const FAIR_LOSS = 0.03;
const POOR_LOSS = 0.1;
/** Round trips in seconds, likewise. */
const FAIR_DELAY = 0.25;
const POOR_DELAY = 0.6;

const counted = new WeakMap<RTCPeerConnection, { received: number; lost: number }>();

interface Stat {
  type: string;
  packetsReceived?: number;
  packetsLost?: number;
  fractionLost?: number;
  roundTripTime?: number;
  currentRoundTripTime?: number;
  nominated?: boolean;
}

/** How well what is received comes through since the last time this was asked; undefined while nothing comes. */
export async function inboundQuality(pc: RTCPeerConnection): Promise<Quality | undefined> {
  let received = 0;
  let lost = 0;
  let delay = 0;
  for (const stat of (await stats(pc)).values()) {
    if (stat.type === "inbound-rtp") {
      received += stat.packetsReceived ?? 0;
      lost += stat.packetsLost ?? 0;
    } else if (stat.type === "candidate-pair" && stat.nominated) delay = stat.currentRoundTripTime ?? 0;
  }
  const before = counted.get(pc) ?? { received: 0, lost: 0 };
  counted.set(pc, { received, lost });
  const fresh = received - before.received;
  if (fresh <= 0) return undefined;
  return qualityOf(Math.max(0, lost - before.lost) / fresh, delay);
}

/** How well what is sent arrives at the server, as it last reported. */
export async function outboundQuality(pc: RTCPeerConnection): Promise<Quality | undefined> {
  let worst: Quality | undefined;
  for (const stat of (await stats(pc)).values()) {
    if (stat.type !== "remote-inbound-rtp") continue;
    const quality = qualityOf(stat.fractionLost ?? 0, stat.roundTripTime ?? 0);
    if (!worst || RANK[quality] > RANK[worst]) worst = quality;
  }
  return worst;
}

const RANK: Record<Quality, number> = { good: 0, fair: 1, poor: 2 };

export function qualityOf(loss: number, delay: number): Quality {
  if (loss > POOR_LOSS || delay > POOR_DELAY) return "poor";
  return loss > FAIR_LOSS || delay > FAIR_DELAY ? "fair" : "good";
}

async function stats(pc: RTCPeerConnection): Promise<Map<string, Stat>> {
  return (await pc.getStats()) as unknown as Map<string, Stat>;
}
