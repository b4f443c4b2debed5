import type { Refusal } from "../rooms/wire";
import type { LinkState, Quality } from "./engine";
import type { EngineName, PeerInfo, TrackInfo } from "./wire";

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
export interface CallNow {
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

/** A call that is just being entered. */
export function justEntering(me: string): CallNow {
  return {
    state: "entering",
    engine: undefined,
    me,
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
