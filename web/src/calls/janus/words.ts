/**
 * What the server's Janus engine and its clients tell each other in `SignalCall` and `CallSignal` (docs/develop/protocol.md, section
 * Calls through Janus). `n` numbers the client's PeerConnections of a direction: a greater one begins anew.
 */

/** A stream of the connection down: section of its description, and what it is. */
export interface DownStream {
  mid: string;
  peer: string;
  track: string;
}

export interface DownOffer {
  pc: "down";
  n: number;
  offer: number;
  sdp: string;
  streams: DownStream[];
}

export interface DownStreams {
  pc: "down";
  n: number;
  streams: DownStream[];
}

export interface UpAnswer {
  pc: "up";
  n: number;
  sdp: string;
}

export interface Candidates {
  pc: "up" | "down";
  n: number;
  candidates: RTCIceCandidateInit[];
}

/** Janus has let go of a PeerConnection, or finds its network slow. */
export interface About {
  pc: "up" | "down";
  n: number;
}

/** A track that this client wants to see or hear, and how large: 0 for the smallest of three sizes. */
export interface Want {
  peer: string;
  track: string;
  layer: Layer;
}

export type Layer = 0 | 1 | 2;

/** Says something to the server; throws when it did not arrive or was refused. */
export type Say = (kind: string, data: object) => Promise<void>;
