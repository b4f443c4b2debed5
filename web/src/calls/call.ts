import { backoffMs, waitToRetry } from "../rooms/backoff";
import type { RoomLine } from "../rooms/live";
import { type Refusal, refusalOf } from "../rooms/wire";
import type { CallEngine, EngineHost, LinkState, Quality, Seen, Sources } from "./engine";
import { loadEngine } from "./engines";
import { Stay } from "./stay";
import type {
  CallEnded,
  CallPeers,
  CallSignal,
  CallSpeaking,
  EngineName,
  Entered,
  PeerInfo,
  TrackInfo,
  TrackKind,
} from "./wire";

/** `reconnecting`: the hub is lost; pictures and sound may go on meanwhile. `over`: we left, or were put out (`refusal` says why). */
export type CallState = "entering" | "in" | "reconnecting" | "over";

/** A track of a peer, and what of it arrives. */
export interface CallTrack extends TrackInfo {
  stream: MediaStream | undefined;
}

/** Somebody else in the call. */
export interface CallPeer extends Omit<PeerInfo, "tracks"> {
  tracks: CallTrack[];
  link: LinkState;
  quality: Quality | undefined;
  speaking: boolean;
}

/** Everything a page shows of a call. A new object per change, the old one never changes. */
export interface CallView {
  state: CallState;
  engine: EngineName | undefined;
  /** Our peer's id. */
  me: string;
  /** We may be seen and heard. */
  mayPublish: boolean;
  /** We are, with what `sending` says. */
  publishes: boolean;
  /** The hosts let nobody hear us. */
  silenced: boolean;
  /** As many as can be are seen and heard already; we watch until somebody makes place. */
  full: boolean;
  most: number;
  sending: readonly TrackInfo[];
  peers: readonly CallPeer[];
  /** Whoever is speaking now, most lately begun first. */
  speaking: readonly string[];
  /** How well what we send gets out. */
  uplink: Quality | undefined;
  /** Why we are out, when `state` is over; or why we cannot come in yet. */
  refusal: Refusal | undefined;
}

export interface CallOptions {
  /** Wants to be seen and heard; default true. Who may not only watches. */
  publish?: boolean;
  /** For tests. */
  engine?: (name: EngineName) => Promise<(host: EngineHost) => CallEngine>;
  random?: () => number;
}

/** Refusals after which it makes no sense to ask again by itself. */
const FOR_GOOD = new Set(["not-found", "sign-in-required", "invalid-input", "event-over"]);
/** Louder than this is speech, from 0 to 1; it is over when it was quieter for a while. */
const SPEECH = 0.02;
const SPEECH_HOLD_MS = 900;
const MOST_EARLY = 500;
/** How often somebody who watches for want of a place looks for one. */
export const PLACE_EVERY_MS = 2_000;

/**
 * One person in the call of one room. Enters when the room is joined, and again over every new connection; sends what it is given to send, and shows everybody
 * else. Start with `open`, end with `close`; it never throws, it shows.
 */
export class Call implements EngineHost {
  private view: CallView;
  private readonly line: RoomLine;
  private readonly stay: Stay;
  private readonly load: (name: EngineName) => Promise<(host: EngineHost) => CallEngine>;
  private readonly random: () => number;
  private readonly listeners = new Set<() => void>();
  private readonly ending = new AbortController();
  private readonly given = new Map<TrackKind, { id: string; stream: MediaStream; muted: boolean }>();
  private readonly seen = new Map<string, Seen>();
  private readonly spoke = new Map<string, number>();
  private infos: PeerInfo[] = [];
  private version = -1;
  private wishes: boolean;
  private engine: CallEngine | undefined;
  private early: CallSignal[] = [];
  private entering = false;
  private askAgain = false;
  private toldTracks = "";
  private telling = false;
  private stops: (() => void)[] = [];

  constructor(line: RoomLine, { publish = true, engine = loadEngine, random = Math.random }: CallOptions = {}) {
    this.line = line;
    this.wishes = publish;
    this.load = engine;
    this.random = random;
    this.stay = new Stay(line.room);
    this.view = {
      state: "entering",
      engine: undefined,
      me: this.stay.peer,
      mayPublish: false,
      publishes: false,
      silenced: false,
      full: false,
      most: 0,
      sending: [],
      peers: [],
      speaking: [],
      uplink: undefined,
      refusal: undefined,
    };
  }

  /** For useSyncExternalStore: the view as it is now. */
  readonly current = (): CallView => this.view;

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
      line.hear<CallSignal>("CallSignal", (signal) => this.hearSignal(signal)),
      line.hear<CallEnded>("CallEnded", ({ code, message }) => this.finish({ code, message })),
      line.hear("CallMove", () => this.enter()),
      line.hear<CallSpeaking>("CallSpeaking", ({ peer }) => this.heard(peer, 1)),
      line.onOver(() => this.finish(undefined)),
      line.onLine((joined) => {
        if (joined) this.enter();
        else if (this.version >= 0) this.update({ state: "reconnecting" });
      }),
    ];
    const quiet = setInterval(() => this.hush(), SPEECH_HOLD_MS / 3);
    const place = setInterval(() => this.takePlace(), PLACE_EVERY_MS);
    const leave = () => this.leave();
    globalThis.addEventListener?.("pagehide", leave);
    this.stops.push(
      () => clearInterval(quiet),
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
    this.engine?.sourcesChanged();
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

  /** Says how high a peer's picture is shown, in CSS pixels, so that no larger one is sent here than is seen. */
  sized(peer: string, kind: TrackKind, height: number): void {
    this.engine?.sized?.(peer, kind, height);
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
    if (level < SPEECH) return;
    const began = !this.spoke.has(peer);
    this.spoke.set(peer, Date.now());
    if (began) this.update({ speaking: [peer, ...this.view.speaking] });
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

  private hush(): void {
    const quiet = [...this.spoke].filter(([, at]) => Date.now() - at > SPEECH_HOLD_MS).map(([peer]) => peer);
    for (const peer of quiet) this.spoke.delete(peer);
    if (quiet.length > 0) this.update({ speaking: this.view.speaking.filter((peer) => !quiet.includes(peer)) });
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
    if (!this.engine) {
      const make = await this.load(entered.engine);
      if (this.ending.signal.aborted) return;
      this.engine = make(this);
    }
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
    this.engine.entered(entered);
    const early = this.early;
    this.early = [];
    for (const signal of early) this.engine.signalled(signal);
    this.toldTracks = "";
    this.tellTracks();
  }

  private takePeers(version: number, peers: PeerInfo[]): void {
    if (version < this.version || this.view.state === "over") return;
    this.version = version;
    this.infos = peers;
    for (const peer of [...this.spoke.keys()]) if (!peers.some((one) => one.peer === peer)) this.spoke.delete(peer);
    const own = peers.find((one) => one.peer === this.me);
    const change: Partial<CallView> = {
      publishes: own?.publishes ?? false,
      mayPublish: own?.mayPublish ?? this.view.mayPublish,
      silenced: own?.silenced ?? false,
      speaking: this.view.speaking.filter((peer) => this.spoke.has(peer)),
    };
    const began = change.publishes && !this.view.publishes;
    this.update(change);
    this.applyMutes();
    this.engine?.peersChanged();
    if (began) {
      this.toldTracks = "";
      this.engine?.sourcesChanged();
    }
    this.tellTracks();
  }

  private hearSignal(signal: CallSignal): void {
    if (this.engine && this.early.length === 0) this.engine.signalled(signal);
    else this.early = [...this.early, signal].slice(-MOST_EARLY);
  }

  private applyMutes(): void {
    for (const [kind, { stream, muted }] of this.given)
      for (const track of stream.getTracks()) track.enabled = !muted && !(kind === "microphone" && this.view.silenced);
  }

  /** Tells the others what of ours is what; the newest only, and again when it was lost. */
  private tellTracks(): void {
    const sending = [...this.given].map(([kind, { id, muted }]) => ({ id, kind, muted }));
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
    this.engine?.close();
    this.engine = undefined;
    this.stay.end();
    this.infos = [];
    this.seen.clear();
    this.update({ state: "over", refusal, publishes: false, speaking: [] });
  }

  private update(change: Partial<CallView>): void {
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
