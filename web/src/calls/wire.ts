/** The records of calls on the live hub, named as docs/develop/protocol.md names them. */
import type { Role } from "../rooms/wire";

export const TRACK_KINDS = ["camera", "screen", "microphone", "program"] as const;
/** What a track shows or lets hear. Screens and programs may have a picture and sound. */
export type TrackKind = (typeof TRACK_KINDS)[number];

export interface TrackInfo {
  id: string;
  kind: TrackKind;
  /** Nothing is to be seen or heard of it for the moment. */
  muted: boolean;
}

export interface PeerInfo {
  /** One stay of one tab in the call. */
  peer: string;
  person: string;
  name: string;
  role: Role;
  /** May send and does; what comes of anybody else is neither shown nor heard. */
  publishes: boolean;
  tracks: TrackInfo[];
  /** The hosts let nobody hear it. */
  silenced: boolean;
  mayPublish: boolean;
}

export interface CallPeers {
  room: string;
  version: number;
  peers: PeerInfo[];
}

export interface IceServerInfo {
  urls: string[];
  username?: string | null;
  credential?: string | null;
}

export type EngineName = "mesh" | "janus" | "livekit";

export interface Entered {
  room: string;
  engine: EngineName;
  peer: string;
  mayPublish: boolean;
  publishes: boolean;
  /** The others never lost sight of us: what we have built with them still stands. */
  resumed: boolean;
  ice: IceServerInfo[];
  version: number;
  peers: PeerInfo[];
  /** How many may publish at the same time. */
  most: number;
  /** What the engine's client needs, as JSON. */
  access?: string | null;
  /** Connect through the TURN server only. */
  relayOnly: boolean;
}

export interface CallSignal {
  room: string;
  /** Absent: the engine speaks. */
  from?: string | null;
  kind: string;
  /** JSON. */
  data: string;
}

export interface CallEnded {
  room: string;
  code: string;
  message: string;
}

export interface CallSpeaking {
  room: string;
  peer: string;
}
