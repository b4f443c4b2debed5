import { backoffMs, waitToRetry } from "../rooms/backoff";
import type { RoomLine } from "../rooms/live";
import { type Refusal, refusalOf } from "../rooms/wire";
import { type CallNow, justEntering } from "./callNow";
import { Carrier } from "./carrier";
import type { CallEngine, EngineHost, Quality, Seen, Sources } from "./engine";
import { loadEngine } from "./engines";
import { Speech } from "./speech";
import { Stay } from "./stay";
import type { CallEnded, CallPeers, CallSignal, CallSpeaking, EngineName, Entered, PeerInfo, TrackKind } from "./wire";

export interface CallOptions {
  /** Wants to be seen and heard; default true. Who may not only watches. */
  publish?: boolean;
  /** For tests. */
  engine?: (name: EngineName) => Promise<(host: EngineHost) => CallEngine>;
  random?: () => number;
}

/** Refusals after which it makes no sense to ask again by itself. */
const FOR_GOOD = new Set(["not-found", "sign-in-required", "invalid-input", "event-over"]);
/** How often somebody who watches for want of a place looks for one. */
export const PLACE_EVERY_MS = 2_000;

/**
 * One person in the call of one room. Enters when the room is joined, and again over every new connection; sends what it is given to send, and shows everybody
 * else. Start with `open`, end with `close`; it never throws, it shows.
 */
export class Call implements EngineHost {
  private view: CallNow;
  private readonly line: RoomLine;
  private readonly stay: Stay;
  private readonly carrier: Carrier;
  private readonly speech: Speech;
  private readonly random: () => number;
  private readonly listeners = new Set<() => void>();
  private readonly ending = new AbortController();
  private readonly given = new Map<TrackKind, { id: string; stream: MediaStream; muted: boolean }>();
  private readonly seen = new Map<string, Seen>();
  /** Kinds that we would send, and do not yet: the others are told of them as muted tracks. */
  private readonly offered = new Map<TrackKind, string>();
  private infos: PeerInfo[] = [];
  private version = -1;
  private wishes: boolean;
  private entering = false;
  private askAgain = false;
  private toldTracks = "";
  private telling = false;
  private stops: (() => void)[] = [];

  constructor(line: RoomLine, { publish = true, engine = loadEngine, random = Math.random }: CallOptions = {}) {
    this.line = line;
    this.wishes = publish;
    this.carrier = new Carrier(this, engine);
    this.speech = new Speech((speaking) => this.update({ speaking }));
    this.random = random;
    this.stay = new Stay(line.room);
    this.view = justEntering(this.stay.peer);
  }

  /** For useSyncExternalStore: the view as it is now. */
  readonly current = (): CallNow => this.view;

  /** For useSyncExternalStore: tells about every change; answers how to stop listening. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Enters, and stays in until `close`. */
  open(): void {
    if (this.stops.length > 0 || this.ending.signal.aborted) return;
    const { line } = this;
    this.stops = [
      line.hear<CallPeers>("CallPeers", (list) => this.takePeers(list.version, list.peers)),
      line.hear<CallSignal>("CallSignal", (signal) => this.carrier.signalled(signal)),
      line.hear<CallEnded>("CallEnded", ({ code, message }) => this.finish({ code, message })),
      line.hear("CallMove", () => this.enter()),
      line.hear<CallSpeaking>("CallSpeaking", ({ peer }) => this.heard(peer, 1)),
      line.onOver(() => this.finish(undefined)),
      line.onLine((joined) => {
        if (joined) this.enter();
        else if (this.version >= 0) this.update({ state: "reconnecting" });
      }),
    ];
    const place = setInterval(() => this.takePlace(), PLACE_EVERY_MS);
    const leave = () => this.leave();
    globalThis.addEventListener?.("pagehide", leave);
    this.stops.push(
      () => this.speech.close(),
      () => clearInterval(place),
      () => globalThis.removeEventListener?.("pagehide", leave),
    );
  }

  /** Leaves the call and lets go of everything but the streams that were given to it. */
  close(): void {
    if (this.view.state !== "over") this.leave();
    this.finish(undefined);
  }

  /** Wants to be seen and heard, or only to watch. */
  setPublish(publish: boolean): void {
    if (this.wishes === publish && !this.view.full) return;
    this.wishes = publish;
    this.update({ full: false });
    this.enter();
  }

  /** Sends this from now on, instead of what was sent of the kind before; undefined sends nothing of it. The stream stays its owner's, who stops it. */
  send(kind: TrackKind, stream: MediaStream | undefined): void {
    const had = this.given.get(kind);
    if (had?.stream === stream) return;
    if (stream) this.given.set(kind, { id: had?.id ?? crypto.randomUUID(), stream, muted: had?.muted ?? false });
    else this.given.delete(kind);
    this.applyMutes();
    this.carrier.sourcesChanged();
    this.tellTracks();
  }

  /** Has nothing be seen or heard of a kind for the moment; its stream is switched off where it is. */
  mute(kind: TrackKind, muted: boolean): void {
    const given = this.given.get(kind);
    if (!given || given.muted === muted) return;
    given.muted = muted;
    this.applyMutes();
    this.tellTracks();
  }

  /** Tells the others that we would send something of this kind, and do not yet: they see it as a muted track. */
  offer(kind: TrackKind, offered: boolean): void {
    if (this.offered.has(kind) === offered) return;
    if (offered) this.offered.set(kind, crypto.randomUUID());
    else this.offered.delete(kind);
    this.tellTracks();
  }

  /** Says how high a peer's picture is shown, in CSS pixels, so that no larger one is sent here than is seen. */
  sized(peer: string, kind: TrackKind, height: number): void {
    this.carrier.sized(peer, kind, height);
  }

  // What the engine needs of us.

  get me(): string {
    return this.stay.peer;
  }

  peers(): readonly PeerInfo[] {
    return this.infos.filter((one) => one.peer !== this.me);
  }

  mayPublish(): boolean {
    return this.view.mayPublish;
  }

  sources(): Sources {
    return new Map(this.view.publishes ? [...this.given].map(([kind, { stream }]) => [kind, stream]) : []);
  }

  async signal(to: string | undefined, kind: string, data: unknown): Promise<void> {
    const words = { room: this.line.room, ...(to && { to }), kind, data: JSON.stringify(data) };
    await this.line.invoke("SignalCall", words);
  }

  show(peer: string, seen: Seen | undefined): void {
    if (seen) this.seen.set(peer, seen);
    else this.seen.delete(peer);
    this.update({});
  }

  enterAgain(): void {
    if (this.view.state === "in") this.enter();
  }

  heard(peer: string, level: number): void {
    this.speech.heard(peer, level);
  }

  showUplink(uplink: Quality | undefined): void {
    if (uplink !== this.view.uplink) this.update({ uplink });
  }

  /** Somebody made place: asks for it, now and then, since others may want it too. */
  private takePlace(): void {
    if (!this.view.full || this.view.most <= this.infos.filter((one) => one.publishes).length) return;
    this.update({ full: false });
    this.enter();
  }

  /** Asks to be let in, until we are, are refused for good, or lose the connection: then the next one asks. */
  private enter(): void {
    if (this.entering) {
      this.askAgain = true;
      return;
    }
    this.entering = true;
    void this.askUntilIn().finally(() => {
      this.entering = false;
    });
  }

  private async askUntilIn(): Promise<void> {
    const { signal } = this.ending;
    for (let attempt = 0; !signal.aborted; ) {
      this.askAgain = false;
      try {
        const publish = this.wishes && !this.view.full;
        const { room } = this.line;
        const request = { room, peer: this.me, publish, ...(this.stay.previous && { previous: this.stay.previous }) };
        await this.takeEntered(await this.line.invoke<Entered>("EnterCall", request));
        if (!this.askAgain) return;
      } catch (error) {
        const refusal = refusalOf(error);
        if (refusal?.code === "peer-over") this.stay.begin();
        else if (refusal?.code === "stage-full") this.update({ full: true });
        else if (refusal && FOR_GOOD.has(refusal.code)) return this.finish(refusal);
        else {
          // Without a refusal the connection is lost; asking fails at once until the room is joined again.
          this.update({ state: this.version < 0 ? "entering" : "reconnecting", refusal });
          await waitToRetry(Math.max(200, backoffMs(attempt++, this.random)), signal);
        }
      }
    }
  }

  private async takeEntered(entered: Entered): Promise<void> {
    if (this.ending.signal.aborted) return;
    this.stay.entered();
    if (!(await this.carrier.take(entered.engine))) return;
    this.update({
      state: "in",
      engine: entered.engine,
      me: entered.peer,
      most: entered.most,
      refusal: undefined,
      mayPublish: entered.mayPublish,
      publishes: entered.publishes,
    });
    this.takePeers(entered.version, entered.peers);
    this.carrier.entered(entered);
    this.toldTracks = "";
    this.tellTracks();
  }

  private takePeers(version: number, peers: PeerInfo[]): void {
    if (version < this.version || this.view.state === "over") return;
    this.version = version;
    this.infos = peers;
    this.speech.keep(peers);
    const own = peers.find((one) => one.peer === this.me);
    const change: Partial<CallNow> = {
      publishes: own?.publishes ?? false,
      mayPublish: own?.mayPublish ?? this.view.mayPublish,
      silenced: own?.silenced ?? false,
    };
    const began = change.publishes && !this.view.publishes;
    this.update(change);
    this.applyMutes();
    this.carrier.peersChanged();
    if (began) {
      this.toldTracks = "";
      this.carrier.sourcesChanged();
    }
    this.tellTracks();
  }

  private applyMutes(): void {
    for (const [kind, { stream, muted }] of this.given)
      for (const track of stream.getTracks()) track.enabled = !muted && !(kind === "microphone" && this.view.silenced);
  }

  /** Tells the others what of ours is what; the newest only, and again when it was lost. */
  private tellTracks(): void {
    const sending = [...this.given].map(([kind, { id, muted }]) => ({ id, kind, muted }));
    for (const [kind, id] of this.offered) if (!this.given.has(kind)) sending.push({ id, kind, muted: true });
    if (JSON.stringify(sending) !== JSON.stringify(this.view.sending)) this.update({ sending });
    if (this.telling || !this.view.publishes || this.view.state !== "in") return;
    const words = JSON.stringify(sending);
    if (words === this.toldTracks) return;
    this.telling = true;
    this.signal(undefined, "tracks", { tracks: sending })
      .then(
        () => {
          this.toldTracks = words;
          this.telling = false;
          this.tellTracks();
        },
        async () => {
          await waitToRetry(500, this.ending.signal);
          this.telling = false;
          this.tellTracks();
        },
      )
      .catch(() => undefined);
  }

  private leave(): void {
    void this.line.invoke("LeaveCall", this.line.room).catch(() => undefined);
  }

  private finish(refusal: Refusal | undefined): void {
    if (this.ending.signal.aborted) return;
    this.ending.abort();
    for (const stop of this.stops) stop();
    this.carrier.close();
    this.stay.end();
    this.infos = [];
    this.seen.clear();
    this.update({ state: "over", refusal, publishes: false, speaking: [] });
  }

  private update(change: Partial<CallNow>): void {
    const next = { ...this.view, ...change };
    next.peers = this.peers().map((info) => {
      const seen = this.seen.get(info.peer);
      const heard = !info.silenced;
      return {
        ...info,
        tracks: info.tracks.map((track) => ({
          ...track,
          stream: info.publishes && (heard || track.kind !== "microphone") ? seen?.streams.get(track.kind) : undefined,
        })),
        link: seen?.link ?? "connecting",
        quality: seen?.quality,
        speaking: heard && next.speaking.includes(info.peer),
      };
    });
    this.view = next;
    for (const listener of this.listeners) listener();
  }
}
