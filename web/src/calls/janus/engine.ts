import type { CallEngine, EngineHost, LinkState, Quality, Seen } from "../engine";
import type { CallSignal, Entered, PeerInfo, TrackKind } from "../wire";
import { layerFor } from "./layers";
import { JanusLink } from "./link";
import { inboundQuality, outboundQuality } from "./quality";
import type { Sent } from "./up";
import type { Layer, Want } from "./words";

/** How often loudness is looked at. */
const LISTEN_MS = 250;
/** Every so many looks, the network is too. */
const MEASURE_EVERY = 8;
/** Height of a picture nobody has told the size of: a tile of a grid. */
const USUAL_HEIGHT = 300;

/** The names under which a kind's picture and sound are sent; kinds that have only one of them lack the other. */
const names = (kind: TrackKind): string[] => [`${kind}/video`, `${kind}/audio`];

/** A call through Janus: one connection up and one down, both by way of the server. */
export class JanusEngine implements CallEngine {
  private readonly host: EngineHost;
  private readonly link: JanusLink;
  private readonly streams = new Map<string, MediaStream>();
  private readonly heights = new Map<string, number>();
  private readonly layers = new Map<string, Layer>();
  private readonly shown = new Map<string, Seen>();
  private readonly timer: ReturnType<typeof setInterval>;
  private quality: Quality | undefined;
  private uplink: Quality | undefined;
  private config: RTCConfiguration = {};
  private looks = 0;

  constructor(host: EngineHost) {
    this.host = host;
    this.link = new JanusLink({
      say: (kind, data) => host.signal(undefined, kind, data),
      config: () => this.config,
      changed: () => this.show(),
    });
    this.timer = setInterval(() => this.look(), LISTEN_MS);
  }

  entered({ access, ice, relayOnly }: Entered): void {
    this.config = {
      iceServers: ice.map(({ urls, username, credential }) => ({
        urls,
        ...(username && { username }),
        ...(credential && { credential }),
      })),
      bundlePolicy: "max-bundle",
      ...(relayOnly && { iceTransportPolicy: "relay" as const }),
    };
    this.link.entered(access);
    this.sourcesChanged();
    this.peersChanged();
  }

  peersChanged(): void {
    this.want();
    const here = new Set(this.host.peers().map((p) => p.peer));
    for (const peer of this.shown.keys()) if (!here.has(peer)) this.forget(peer);
    this.show();
  }

  sourcesChanged(): void {
    const sent: Sent[] = [];
    for (const [kind, stream] of this.host.sources()) {
      for (const track of stream.getTracks()) {
        if (track.readyState === "live") sent.push({ name: `${kind}/${track.kind}`, kind, track });
      }
    }
    this.link.send(sent);
  }

  signalled({ kind, data }: CallSignal): void {
    this.link.heard(kind, JSON.parse(data));
  }

  sized(peer: string, kind: TrackKind, height: number): void {
    const key = `${peer} ${kind}`;
    if (this.heights.get(key) === height) return;
    this.heights.set(key, height);
    this.want();
  }

  close(): void {
    clearInterval(this.timer);
    this.link.close();
  }

  private want(): void {
    const wanted: Want[] = [];
    for (const { peer, publishes, tracks } of this.host.peers()) {
      if (!publishes) continue;
      for (const { kind } of tracks) {
        const key = `${peer} ${kind}`;
        const height = this.heights.get(key) ?? (kind === "camera" ? USUAL_HEIGHT : Number.POSITIVE_INFINITY);
        const layer = layerFor(height, globalThis.devicePixelRatio || 1, this.layers.get(key));
        this.layers.set(key, layer);
        for (const track of names(kind)) {
          if (track === "microphone/video" || track === "camera/audio") continue;
          wanted.push({ peer, track, layer });
        }
      }
    }
    this.link.want(wanted);
  }

  private show(): void {
    for (const peer of this.host.peers()) this.showPeer(peer);
  }

  private showPeer({ peer, publishes, tracks }: PeerInfo): void {
    const streams = new Map<TrackKind, MediaStream>();
    for (const { kind } of publishes ? tracks : []) {
      const arrived = names(kind).flatMap((name) => this.link.trackOf(peer, name) ?? []);
      if (arrived.length > 0) streams.set(kind, this.streamOf(`${peer} ${kind}`, arrived));
    }
    const seen: Seen = { link: this.stateOf(), streams, quality: this.quality };
    const before = this.shown.get(peer);
    if (before && same(before, seen)) return;
    this.shown.set(peer, seen);
    this.host.show(peer, seen);
  }

  /** One stream for as long as the peer sends the kind, so that a player goes on when the track in it is another. */
  private streamOf(key: string, tracks: MediaStreamTrack[]): MediaStream {
    const stream = this.streams.get(key) ?? new MediaStream();
    this.streams.set(key, stream);
    for (const old of stream.getTracks()) if (!tracks.includes(old)) stream.removeTrack(old);
    for (const track of tracks) stream.addTrack(track);
    return stream;
  }

  private stateOf(): LinkState {
    const state = this.link.connections.down?.connectionState;
    if (state === "connected") return "connected";
    return state === "disconnected" || state === "failed" ? "interrupted" : "connecting";
  }

  private forget(peer: string): void {
    this.shown.delete(peer);
    for (const kept of [this.streams, this.heights, this.layers] as Map<string, unknown>[]) {
      for (const key of kept.keys()) if (key.startsWith(peer)) kept.delete(key);
    }
    this.host.show(peer, undefined);
  }

  private look(): void {
    for (const { peer } of this.host.peers()) {
      const level = this.link.levelOf(peer, "microphone/audio");
      if (level !== undefined) this.host.heard(peer, level);
    }
    if (++this.looks % MEASURE_EVERY === 0) void this.measure();
    this.show();
  }

  private async measure(): Promise<void> {
    const { up, down } = this.link.connections;
    this.quality = down && (await inboundQuality(down));
    const uplink = up && (await outboundQuality(up));
    if (uplink !== this.uplink) this.host.showUplink(uplink);
    this.uplink = uplink;
  }
}

function same(a: Seen, b: Seen): boolean {
  return (
    a.link === b.link &&
    a.quality === b.quality &&
    a.streams.size === b.streams.size &&
    [...a.streams].every(([kind, stream]) => b.streams.get(kind) === stream)
  );
}
