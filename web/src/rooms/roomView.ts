import type { RoomLog } from "./log";
import type { Outbox } from "./outbox";
import type { Place, Refusal, You } from "./wire";

/** `queued`: waiting for our turn to go in. `refused`: kept out for good; everything else is tried again. */
export type LiveState = "connecting" | "queued" | "live" | "reconnecting" | "refused" | "closed";

/** Everything a page shows of a live room. A new object per change, the old one never changes. */
export interface RoomView {
  state: LiveState;
  log: RoomLog;
  outbox: Outbox;
  you: You | undefined;
  /** Why the server keeps us out, when `state` is refused. */
  refusal: Refusal | undefined;
  /** Our place in line, from the first time we are told until we are in. */
  place: Place | undefined;
}

/** What slices above the rooms say and hear over a room's connection, whichever it is at the moment. */
export interface RoomLine {
  readonly room: string;
  /** Asks the server; fails while there is no connection, or with the server's refusal (`refusalOf`). */
  invoke<T>(method: string, argument: unknown): Promise<T>;
  /** Hears messages of this name about this room, or about its event and no room, from any connection; answers how to stop listening. */
  hear<T>(method: string, listener: (message: T) => void): () => void;
  /** Called with true each time that the room was joined by another connection than before, and at once if it is joined now; with false when the connection is lost. */
  onLine(listener: (joined: boolean) => void): () => void;
  /** Called when the room is left for good: closed here, or refused by the server. */
  onOver(listener: () => void): () => void;
}
