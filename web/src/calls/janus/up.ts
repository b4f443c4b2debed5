import type { TrackKind } from "../wire";
import { type Ladder, ladder } from "./ladder";
import { encodingsOf } from "./layers";
import { withStereo } from "./sound";
import type { About, Candidates, Say, UpAnswer } from "./words";

/** A track that is sent. Others ask for it by its name. */
export interface Sent {
  name: string;
  kind: TrackKind;
  track: MediaStreamTrack;
}

/** How long the server may take to answer an offer. */
const ANSWER_MS = 8_000;

/**
 * The connection up: everything this client sends. One section of the description for each name, used again when a screen is shared for a
 * second time. One offer at a time; what changes meanwhile goes into the next.
 */
export class Up {
  readonly pc: RTCPeerConnection;
  readonly n: number;
  private readonly say: Say;
  private readonly trouble: () => void;
  private readonly candidates: Ladder;
  private readonly sections = new Map<string, RTCRtpTransceiver>();
  private offering = false;
  private dirty = false;
  private restart = false;
  private answered: ((answer: UpAnswer) => void) | undefined;
  private closed = false;

  /** @param trouble Called when there is no way to mend it: begin anew. */
  constructor(n: number, config: RTCConfiguration, say: Say, trouble: () => void) {
    this.n = n;
    this.say = say;
    this.trouble = trouble;
    this.pc = new RTCPeerConnection(config);
    this.candidates = ladder(this.pc, (candidates, done) => say("candidate", { pc: "up", n, candidates, done }));
    mend(
      this.pc,
      () => {
        this.restart = true;
        this.offer();
      },
      trouble,
    );
  }

  /** Sends these and nothing else. */
  send(sent: readonly Sent[]): void {
    if (this.closed) return;
    let described = false;
    for (const [name, transceiver] of this.sections) {
      if (transceiver.direction === "inactive" || sent.some((s) => s.name === name)) continue;
      transceiver.direction = "inactive";
      void transceiver.sender.replaceTrack(null);
      described = true;
    }
    for (const { name, kind, track } of sent) {
      const transceiver = this.sections.get(name);
      if (!transceiver) {
        const sendEncodings = track.kind === "video" ? encodingsOf(kind, track.getSettings()) : [];
        const made = this.pc.addTransceiver(track, { direction: "sendonly", sendEncodings });
        if (sendEncodings.length > 1) keepSizes(made.sender);
        this.sections.set(name, made);
        described = true;
        continue;
      }
      if (transceiver.sender.track !== track) void transceiver.sender.replaceTrack(track);
      if (transceiver.direction === "sendonly") continue;
      transceiver.direction = "sendonly";
      described = true;
    }
    if (described) this.offer();
  }

  /** What the server says of this connection. */
  answer(answer: UpAnswer): void {
    if (answer.n === this.n) this.answered?.(answer);
  }

  candidate({ n, candidates }: Candidates): void {
    if (n === this.n) this.candidates.hear(candidates);
  }

  hangup({ n }: About): void {
    if (n === this.n && !this.closed) this.trouble();
  }

  close(): void {
    this.closed = true;
    this.candidates.stop();
    this.pc.close();
  }

  private offer(): void {
    this.dirty = true;
    if (!this.offering) void this.negotiate();
  }

  private async negotiate(): Promise<void> {
    this.offering = true;
    try {
      while (this.dirty && !this.closed) {
        this.dirty = false;
        const offer = await this.pc.createOffer({ iceRestart: this.restart });
        this.restart = false;
        await this.pc.setLocalDescription(offer);
        const tracks = [...this.sections]
          .filter(([, transceiver]) => transceiver.direction === "sendonly")
          .map(([name, transceiver]) => ({ mid: transceiver.mid, track: name }));
        const answer = new Promise<UpAnswer>((resolve, reject) => {
          this.answered = resolve;
          setTimeout(() => reject(new Error("no answer")), ANSWER_MS);
        });
        answer.catch(() => undefined);
        await this.say("offer", { n: this.n, sdp: offer.sdp, tracks });
        const { sdp } = await answer;
        if (this.closed) return;
        const program = [...this.sections.keys()].some((name) => name.startsWith("program/"));
        await this.pc.setRemoteDescription({ type: "answer", sdp: program ? withStereo(sdp) : sdp });
        this.candidates.ready();
      }
    } catch {
      if (!this.closed) this.trouble();
    } finally {
      this.offering = false;
      this.answered = undefined;
    }
  }
}

/** A busy machine sends fewer pictures instead of smaller ones: of those, sizes that viewers have chosen would go missing. */
function keepSizes(sender: RTCRtpSender): void {
  const kept = { ...sender.getParameters(), degradationPreference: "maintain-resolution" as const };
  sender.setParameters(kept).catch(() => undefined);
}

/** How long a connection may be interrupted before another way is looked for. */
const INTERRUPTED_MS = 2_000;

/** Looks after a connection: asks for another way when it is interrupted, once, and gives up when that does not help. */
export function mend(pc: RTCPeerConnection, restart: () => void, giveUp: () => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let restarted = false;
  pc.addEventListener("connectionstatechange", () => {
    clearTimeout(timer);
    const state = pc.connectionState;
    if (state === "connected") restarted = false;
    else if (state === "failed" && restarted) giveUp();
    else if (state === "failed" || state === "disconnected") {
      timer = setTimeout(
        () => {
          if (pc.connectionState === "closed" || pc.connectionState === "connected") return;
          restarted = true;
          restart();
          timer = setTimeout(
            () => pc.connectionState !== "connected" && pc.connectionState !== "closed" && giveUp(),
            3 * INTERRUPTED_MS,
          );
        },
        state === "failed" ? 0 : INTERRUPTED_MS,
      );
    }
  });
}
