import type { CallEngine, EngineHost, Quality } from "./engine";
import { Link } from "./link";
import { LinkMeter } from "./linkMeter";
import type { CallSignal, Entered, TrackKind } from "./wire";

const WATCH_MS = 1_000;
const LISTEN_MS = 200;
/** What may go up in all, shared by everybody it is sent to. */
const UPLINK_BPS = 3_000_000;
/** A way that was not found for so long is not found any more; one that was lost has longer, since it is looked for anew. */
const NO_WAY_MS = 6_000;
const LOST_WAY_MS = 9_000;
/** How often the server is told: it may have somewhere to go by then. */
const TELL_NO_WAY_MS = 10_000;
/** Of somebody we have not been told of yet; the list comes at about the same time. */
const MOST_EARLY = 64;

interface Connected {
  link: Link;
  meter: LinkMeter;
  /** Since when there is no way; undefined while there is. */
  downSince: number | undefined;
  /** There was one before. */
  stood: boolean;
}

/** Everybody is connected to everybody who publishes; nothing but browsers is needed. */
export class Mesh implements CallEngine {
  private readonly host: EngineHost;
  private readonly links = new Map<string, Connected>();
  private readonly early = new Map<string, CallSignal[]>();
  private readonly timers: ReturnType<typeof setInterval>[];
  private config: RTCConfiguration = {};
  private tunedFor = "";
  private tellAgainAt = 0;

  constructor(host: EngineHost) {
    this.host = host;
    this.timers = [setInterval(() => this.watch(), WATCH_MS), setInterval(() => this.listen(), LISTEN_MS)];
  }

  entered({ ice, relayOnly, resumed }: Entered): void {
    this.config = {
      iceServers: ice.map(({ urls, username, credential }) => ({
        urls,
        ...(username && { username }),
        ...(credential && { credential }),
      })),
      iceTransportPolicy: relayOnly ? "relay" : "all",
      bundlePolicy: "max-bundle",
    };
    if (!resumed) for (const peer of [...this.links.keys()]) this.drop(peer);
    for (const { link } of this.links.values()) link.configure(this.config);
    this.peersChanged();
  }

  peersChanged(): void {
    const peers = this.host.peers();
    const publishing = this.host.sources().size > 0;
    // Before we hear of the servers there is nothing to connect with.
    if (!this.config.bundlePolicy) return;
    const wanted = new Map(peers.map((one) => [one.peer, one]));
    for (const peer of [...this.links.keys()]) if (!wanted.has(peer)) this.drop(peer);
    for (const { peer, publishes, mayPublish } of peers) {
      const had = this.links.get(peer);
      // Two who only watch have nothing to say to each other; what stands between others stays.
      if (!had && !publishes && !publishing && !this.early.has(peer)) continue;
      const { link } = had ?? this.connect(peer, mayPublish);
      link.sync(mayPublish);
      for (const signal of this.early.get(peer) ?? []) link.receive(signal.kind, signal.data);
      this.early.delete(peer);
      if (had) this.show(peer);
    }
    this.tune();
  }

  sourcesChanged(): void {
    this.peersChanged();
  }

  signalled(signal: CallSignal): void {
    const { from } = signal;
    if (!from) return;
    const known = this.links.get(from);
    if (known) {
      known.link.receive(signal.kind, signal.data);
      return;
    }
    this.early.set(from, [...(this.early.get(from) ?? []), signal].slice(-MOST_EARLY));
    this.peersChanged();
  }

  close(): void {
    for (const timer of this.timers) clearInterval(timer);
    for (const peer of [...this.links.keys()]) this.drop(peer);
  }

  /** The connections, for those who look into how they do. */
  connections(): ReadonlyMap<string, RTCPeerConnection | undefined> {
    return new Map([...this.links].map(([peer, { link }]) => [peer, link.pc]));
  }

  private connect(peer: string, mayPublish: boolean): Connected {
    const link = new Link(this.host, peer, mayPublish, this.config, () => this.show(peer));
    const made = { link, meter: new LinkMeter(link), downSince: performance.now(), stood: false };
    this.links.set(peer, made);
    this.show(peer);
    return made;
  }

  private drop(peer: string): void {
    this.links.get(peer)?.link.close();
    this.links.delete(peer);
    this.host.show(peer, undefined);
  }

  private show(peer: string): void {
    const known = this.links.get(peer);
    if (!known) return;
    const { link, meter } = known;
    this.host.show(peer, { link: link.state, streams: new Map(link.streams), quality: meter.quality });
    if (link.state === "connected") this.tune();
  }

  private watch(): void {
    for (const [peer, one] of this.links) {
      const { link, meter } = one;
      link.watch();
      this.reach(peer, one);
      void meter.measure().then((changed) => changed && this.show(peer));
    }
    this.host.showUplink(worst([...this.links.values()].map(({ meter }) => meter.uplink)));
  }

  /** Tells the server when there is no way to somebody who is there: where it can, it carries the call itself. */
  private reach(peer: string, one: Connected): void {
    const now = performance.now();
    if (one.link.state === "connected") {
      one.stood = true;
      one.downSince = undefined;
      return;
    }
    one.downSince ??= now;
    if (now - one.downSince < (one.stood ? LOST_WAY_MS : NO_WAY_MS) || now < this.tellAgainAt) return;
    this.tellAgainAt = now + TELL_NO_WAY_MS;
    void this.host.signal(undefined, "unreachable", { peer }).catch(() => undefined);
  }

  private listen(): void {
    for (const [peer, { meter }] of this.links) this.host.heard(peer, meter.level());
  }

  /** Shares what may go up among those it is sent to; a smaller picture looks better than a starved one. */
  private tune(): void {
    const count = Math.max(1, this.links.size);
    const stamp = [...this.links]
      .map(([peer, { link }]) => `${peer}${link.senders().map((s) => s.kind)}${link.state}`)
      .join();
    if (stamp === this.tunedFor) return;
    this.tunedFor = stamp;
    for (const { link } of this.links.values())
      for (const { kind, sender } of link.senders())
        if (sender.track?.kind === "video") void limit(sender, kind, count);
  }
}

async function limit(sender: RTCRtpSender, kind: TrackKind, receivers: number): Promise<void> {
  const camera = kind === "camera";
  const parameters = sender.getParameters();
  const [encoding] = parameters.encodings ?? [];
  if (!encoding) return;
  encoding.maxBitrate = Math.round(Math.min(camera ? 1_200_000 : 2_000_000, UPLINK_BPS / receivers));
  encoding.scaleResolutionDownBy = camera && receivers > 2 ? 2 : 1;
  try {
    await sender.setParameters(parameters);
  } catch {
    // It was changed by another negotiation meanwhile, after which it is set again.
  }
}

function worst(all: (Quality | undefined)[]): Quality | undefined {
  return (["poor", "fair", "good"] as const).find((one) => all.includes(one));
}
