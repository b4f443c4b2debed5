/** How long found ways are collected before they are told: a browser finds several in the same moment. */
const COLLECT_MS = 20;

export interface Ladder {
  /** The other side's ways; kept until the description is there that they belong to. */
  hear: (candidates: RTCIceCandidateInit[]) => void;
  /** The other side's description is set. */
  ready: () => void;
  stop: () => void;
}

/** Tells the other side how this one can be reached, a few ways at a time, and takes in what it says of itself. */
export function ladder(
  pc: RTCPeerConnection,
  tell: (candidates: RTCIceCandidateInit[], done: boolean) => Promise<void>,
): Ladder {
  let found: RTCIceCandidateInit[] = [];
  let heard: RTCIceCandidateInit[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let described = false;
  const flush = (done: boolean) => {
    clearTimeout(timer);
    timer = undefined;
    const told = found;
    found = [];
    // What did not arrive is looked for again when the connection does not come about.
    tell(told, done).catch(() => undefined);
  };
  pc.addEventListener("icecandidate", ({ candidate }) => {
    if (!candidate?.candidate) {
      if (!candidate) flush(true);
      return;
    }
    found.push(candidate.toJSON());
    timer ??= setTimeout(() => flush(false), COLLECT_MS);
  });
  const take = (candidates: RTCIceCandidateInit[]) => {
    for (const one of candidates) if (one.candidate) pc.addIceCandidate(one).catch(() => undefined);
  };
  return {
    hear: (candidates) => {
      if (described) take(candidates);
      else heard.push(...candidates);
    },
    ready: () => {
      described = true;
      take(heard);
      heard = [];
    },
    stop: () => clearTimeout(timer),
  };
}
