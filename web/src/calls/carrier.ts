import type { CallEngine, EngineHost, Seen } from "./engine";
import type { CallSignal, EngineName, Entered, TrackKind } from "./wire";

/** The engine before is kept no longer than this after a change. */
export const KEEP_FORMER_MS = 10_000;
const MOST_EARLY = 500;

interface Carrying {
  name: EngineName;
  engine: CallEngine;
  seen: Map<string, Seen>;
  /** It was told that we are in. */
  ready: boolean;
}

/**
 * What carries a call, and for some seconds what carried it before: a call between browsers that do not reach each other moves to a server while it goes on.
 * Until the new engine shows somebody, the one before does.
 */
export class Carrier {
  private readonly host: EngineHost;
  private readonly load: (name: EngineName) => Promise<(host: EngineHost) => CallEngine>;
  private now: Carrying | undefined;
  private former: Carrying | undefined;
  private keeping: ReturnType<typeof setTimeout> | undefined;
  private early: CallSignal[] = [];
  private closed = false;

  constructor(host: EngineHost, load: (name: EngineName) => Promise<(host: EngineHost) => CallEngine>) {
    this.host = host;
    this.load = load;
  }

  /** Takes this engine, unless it is the one already. False when everything was let go meanwhile. */
  async take(name: EngineName): Promise<boolean> {
    if (this.now?.name !== name) {
      const make = await this.load(name);
      if (this.closed) return false;
      this.letGo();
      this.former = this.now;
      const seen = new Map<string, Seen>();
      const mine = (): boolean => this.now?.seen === seen;
      const { host } = this;
      const engine = make({
        get me() {
          return host.me;
        },
        peers: () => host.peers(),
        mayPublish: () => host.mayPublish(),
        sources: () => host.sources(),
        signal: (to, kind, data) => host.signal(to, kind, data),
        heard: (peer, level) => host.heard(peer, level),
        enterAgain: () => mine() && host.enterAgain(),
        showUplink: (quality) => mine() && host.showUplink(quality),
        show: (peer, shown) => {
          if (shown) seen.set(peer, shown);
          else seen.delete(peer);
          this.show(peer);
        },
      });
      this.now = { name, engine, seen, ready: false };
      if (this.former) this.keeping = setTimeout(() => this.letGo(), KEEP_FORMER_MS);
    }
    return !this.closed;
  }

  /** The server let us in, at the engine that was taken. */
  entered(entered: Entered): void {
    const { now, early } = this;
    if (!now) return;
    now.engine.entered(entered);
    now.ready = true;
    this.early = [];
    for (const signal of early) this.signalled(signal);
  }

  signalled(signal: CallSignal): void {
    // Between browsers somebody speaks; otherwise it is the server.
    const to = this.both().find(({ name }) => (name === "mesh") === Boolean(signal.from));
    if (to?.ready) to.engine.signalled(signal);
    // The first words of an engine may come before we are told that it is the one.
    else if (to || !this.now || !signal.from) this.early = [...this.early, signal].slice(-MOST_EARLY);
  }

  peersChanged(): void {
    for (const one of this.both()) one.engine.peersChanged();
  }

  sourcesChanged(): void {
    for (const one of this.both()) one.engine.sourcesChanged();
  }

  sized(peer: string, kind: TrackKind, height: number): void {
    this.now?.engine.sized?.(peer, kind, height);
  }

  close(): void {
    this.closed = true;
    this.letGo();
    this.now?.engine.close();
    this.now = undefined;
  }

  private both(): Carrying[] {
    return [this.now, this.former].filter((one) => one !== undefined);
  }

  private show(peer: string): void {
    const now = this.now?.seen.get(peer);
    const before = this.former?.seen.get(peer);
    this.host.show(peer, now?.link === "connected" ? now : (before ?? now));
    if (this.former && [...this.former.seen.keys()].every((one) => this.now?.seen.get(one)?.link === "connected"))
      this.letGo();
  }

  private letGo(): void {
    clearTimeout(this.keeping);
    const { former } = this;
    this.former = undefined;
    former?.engine.close();
    for (const peer of former?.seen.keys() ?? []) this.show(peer);
  }
}
