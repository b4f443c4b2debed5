import type { CallSignal, Entered, PeerInfo, TrackKind } from "./wire";

/** What we send of one kind: at most one picture and one sound. */
export type Sources = ReadonlyMap<TrackKind, MediaStream>;

/** How well the way to somebody, or from them, works. */
export type Quality = "good" | "fair" | "poor";

/** `interrupted`: it stood, nothing comes through now, and it is being mended. */
export type LinkState = "connecting" | "connected" | "interrupted";

/** What an engine shows of a peer. */
export interface Seen {
  link: LinkState;
  /** What arrives of it, by kind. */
  streams: ReadonlyMap<TrackKind, MediaStream>;
  quality?: Quality | undefined;
}

/** What an engine needs of the call it serves. */
export interface EngineHost {
  /** Our peer. */
  readonly me: string;
  /** The peers as the server lists them, without us. */
  peers(): readonly PeerInfo[];
  /** We may be seen and heard, whether or not we are. */
  mayPublish(): boolean;
  /** What we send now; nothing unless we may. */
  sources(): Sources;
  /** Says something to a peer, or to the server; resolves when it was handed on. Fails as `RoomLine.invoke` does. */
  signal(to: string | undefined, kind: string, data: unknown): Promise<void>;
  /** Has us enter again as the same peer, for what only the server can give anew; `entered` follows. */
  enterAgain(): void;
  /** Shows a peer; undefined when nothing stands with it any more. */
  show(peer: string, seen: Seen | undefined): void;
  /** Tells how loud a peer is, from 0 to 1, several times a second. */
  heard(peer: string, level: number): void;
  /** Shows how well our own way out works. */
  showUplink(quality: Quality | undefined): void;
}

/**
 * What carries a call in the browser. The call tells it of everything; it connects, sends what `host.sources()` says, and shows what arrives. None of its
 * methods fails: it mends what it can and shows the rest.
 */
export interface CallEngine {
  /** The server let us in: first, and again after every new connection and every move (`entered.resumed` says whether what stands still counts). */
  entered(entered: Entered): void;
  /** `host.peers()` is another. */
  peersChanged(): void;
  /** `host.sources()` is another. */
  sourcesChanged(): void;
  signalled(signal: CallSignal): void;
  /** How high a picture is shown, in CSS pixels: an engine that has it in several sizes asks for the one that fits. */
  sized?(peer: string, kind: TrackKind, height: number): void;
  /** Lets go of everything. */
  close(): void;
}
