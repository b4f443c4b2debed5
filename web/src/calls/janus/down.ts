import { type Ladder, ladder } from "./ladder";
import { withStereo } from "./sound";
import { mend } from "./up";
import type { About, Candidates, DownOffer, DownStreams, Say, Want } from "./words";

/** Wants that change together are told together. */
const COLLECT_MS = 30;
/** When the server could not be told, it is told again. */
const AGAIN_MS = 1_000;

/** What is received: the track of each stream, by `keyOf`. */
export type Received = ReadonlyMap<string, MediaStreamTrack>;

export function keyOf(peer: string, track: string): string {
  return `${peer} ${track}`;
}

/** The connection down: everything this client receives. The server offers, this answers; what is wanted is said as a whole. */
export class Down {
  readonly pc: RTCPeerConnection;
  readonly n: number;
  received: Received = new Map();
  private readonly say: Say;
  private readonly trouble: () => void;
  private readonly changed: () => void;
  private readonly candidates: Ladder;
  private wanted: readonly Want[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private turn = Promise.resolve();
  private latest = 0;
  private closed = false;

  /**
   * @param trouble Called when there is no way to mend it: begin anew.
   * @param changed Called when `received` is another.
   */
  constructor(n: number, config: RTCConfiguration, say: Say, trouble: () => void, changed: () => void) {
    this.n = n;
    this.say = say;
    this.trouble = trouble;
    this.changed = changed;
    this.pc = new RTCPeerConnection(config);
    this.candidates = ladder(this.pc, (candidates, done) => say("candidate", { pc: "down", n, candidates, done }));
    mend(this.pc, () => void say("restart", { n }).catch(() => undefined), trouble);
  }

  want(wanted: readonly Want[]): void {
    this.wanted = wanted;
    this.timer ??= setTimeout(() => this.tell(), COLLECT_MS);
  }

  offer(offer: DownOffer): void {
    if (offer.n !== this.n || offer.offer <= this.latest) return;
    this.latest = offer.offer;
    this.turn = this.turn
      .then(() => this.take(offer))
      .catch(() => {
        if (!this.closed) this.trouble();
      });
  }

  streams({ n, streams }: DownStreams): void {
    if (n === this.n) this.turn = this.turn.then(() => this.map(streams)).catch(() => undefined);
  }

  candidate({ n, candidates }: Candidates): void {
    if (n === this.n) this.candidates.hear(candidates);
  }

  hangup({ n }: About): void {
    if (n === this.n && !this.closed) this.trouble();
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.candidates.stop();
    this.pc.close();
  }

  private tell(): void {
    this.timer = undefined;
    if (this.closed) return;
    this.say("subscribe", { n: this.n, want: this.wanted }).catch(() => {
      if (!this.closed) this.timer ??= setTimeout(() => this.tell(), AGAIN_MS);
    });
  }

  private async take({ offer, sdp, streams }: DownOffer): Promise<void> {
    if (this.closed) return;
    await this.pc.setRemoteDescription({ type: "offer", sdp });
    this.candidates.ready();
    const answer = await this.pc.createAnswer();
    // Stereo as it was sent: a program may have music.
    await this.pc.setLocalDescription({ type: "answer", sdp: withStereo(answer.sdp ?? "") });
    this.map(streams);
    await this.say("answer", { n: this.n, offer, sdp: this.pc.localDescription?.sdp });
  }

  private map(streams: DownStreams["streams"]): void {
    const received = new Map<string, MediaStreamTrack>();
    for (const { mid, peer, track } of streams) {
      const transceiver = this.pc.getTransceivers().find((t) => t.mid === mid);
      if (transceiver) received.set(keyOf(peer, track), transceiver.receiver.track);
    }
    this.received = received;
    this.changed();
  }
}
