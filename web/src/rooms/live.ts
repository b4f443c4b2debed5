import { HttpTransportType, type HubConnection, HubConnectionBuilder, LogLevel } from "@microsoft/signalr";
import { MessagePackHubProtocol } from "@microsoft/signalr-protocol-msgpack";
import { backoffMs, waitToRetry } from "./backoff";
import { applyFrame, applyJoined, EMPTY_LOG, type RoomLog } from "./log";
import { acknowledge, discard, nextToSend, type Outbox, refuse, settle, tryAgain, write } from "./outbox";
import {
  type Frame,
  type Joined,
  type Posted,
  type Reaction,
  type Refusal,
  type Removed,
  refusalOf,
  type You,
} from "./wire";

/** A silent server is a lost one after this long; it pings at least twice as often. */
export const SERVER_SILENCE_MS = 30_000;
/** How often this client pings. */
export const PING_MS = 10_000;
/** An attempt to connect and join that takes longer is given up for the next one. */
export const CONNECT_TIMEOUT_MS = 10_000;
/** An acknowledged message whose frame does not come within this time means a frame was lost. */
export const CATCH_UP_MS = 2_000;
/** A message that fails this often is shown as failed, with its text. */
export const POST_ATTEMPTS = 5;

/** Refusals that say "not now": what was refused is tried again by itself. */
const NOT_NOW = new Set(["too-many-requests", "too-many-rooms", "room-busy", "not-kept", "not-joined", "internal"]);

/** `refused`: kept out for good; everything else is tried again. */
export type LiveState = "connecting" | "live" | "reconnecting" | "refused" | "closed";

/** Everything a page shows of a live room. A new object per change, the old one never changes. */
export interface RoomView {
  state: LiveState;
  log: RoomLog;
  outbox: Outbox;
  you: You | undefined;
  /** Why the server keeps us out, when `state` is refused. */
  refusal: Refusal | undefined;
}

/** What LiveRoom needs of a SignalR connection. */
export type Hub = Pick<HubConnection, "start" | "stop" | "invoke" | "send" | "on" | "onclose">;

/** Called with the reactions of one frame; they are never stored. */
export type ReactionListener = (counts: Partial<Record<Reaction, number>>) => void;

function hubOf(url: string): Hub {
  const hub = new HubConnectionBuilder()
    .withUrl(url, { transport: HttpTransportType.WebSockets, skipNegotiation: true })
    .withHubProtocol(new MessagePackHubProtocol())
    .configureLogging(LogLevel.None)
    .build();
  hub.serverTimeoutInMilliseconds = SERVER_SILENCE_MS;
  hub.keepAliveIntervalInMilliseconds = PING_MS;
  return hub;
}

/**
 * One person in one room: owns the connection to the live hub, keeps the log whole across lost connections and sends
 * what was written until the server has it. Start with `open`, end with `close`; it never throws, it shows.
 */
export class LiveRoom {
  private view: RoomView = {
    state: "connecting",
    log: EMPTY_LOG,
    outbox: [],
    you: undefined,
    refusal: undefined,
  };
  private readonly listeners = new Set<() => void>();
  private readonly reactionListeners = new Set<ReactionListener>();
  private readonly ending = new AbortController();
  private hub: Hub | undefined;
  private opened = false;
  private joining: Hub | undefined;
  private posting = false;
  private failedPosts = 0;
  private attempt = 0;
  private catchUp: ReturnType<typeof setTimeout> | undefined;

  readonly room: string;
  private readonly connect: () => Hub;
  private readonly random: () => number;

  constructor(room: string, connect: () => Hub = () => hubOf("/live"), random: () => number = Math.random) {
    this.room = room;
    this.connect = connect;
    this.random = random;
  }

  /** For useSyncExternalStore: the view as it is now. */
  readonly current = (): RoomView => this.view;

  /** For useSyncExternalStore: tells about every change; answers how to stop listening. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Tells about reactions as they come; answers how to stop listening. */
  readonly onReactions = (listener: ReactionListener): (() => void) => {
    this.reactionListeners.add(listener);
    return () => this.reactionListeners.delete(listener);
  };

  /** Connects and stays connected until `close`. */
  open(): void {
    if (this.opened) return;
    this.opened = true;
    globalThis.addEventListener?.("offline", this.lostNetwork);
    void this.stayConnected();
  }

  /** Leaves the room and lets go of everything. */
  close(): void {
    if (this.ending.signal.aborted) return;
    this.ending.abort();
    globalThis.removeEventListener?.("offline", this.lostNetwork);
    clearTimeout(this.catchUp);
    const hub = this.hub;
    this.hub = undefined;
    this.show({ state: "closed" });
    if (hub) {
      void hub
        .send("Leave", this.room)
        .catch(() => undefined)
        .then(() => hub.stop())
        .catch(() => undefined);
    }
  }

  /** Writes to the room. Shown at once as on its way, sent until the server has it. */
  post(text: string): void {
    const post = { id: crypto.randomUUID(), text, at: Date.now() };
    this.show({ outbox: write(this.view.outbox, post) });
    void this.sendPosts();
  }

  /** Sends a refused message once more. */
  retryPost(id: string): void {
    this.show({ outbox: tryAgain(this.view.outbox, id) });
    void this.sendPosts();
  }

  /** Forgets a refused message. */
  discardPost(id: string): void {
    this.show({ outbox: discard(this.view.outbox, id) });
  }

  /** A reaction is gone when it cannot be sent now; nobody wants a late laugh. */
  react(kind: Reaction): void {
    this.whisper("React", { room: this.room, kind });
  }

  /** Tells the speaker that this player plays, and how far behind, in milliseconds. */
  watching(latencyMs: number, stalled: boolean): void {
    this.whisper("Watching", { room: this.room, latencyMs: Math.round(latencyMs), stalled });
  }

  private whisper(method: string, argument: object): void {
    if (this.view.state === "live") void this.hub?.send(method, argument).catch(() => undefined);
  }

  private async stayConnected(): Promise<void> {
    const { signal } = this.ending;
    while (!signal.aborted) {
      const hub = this.connect();
      const closed = new Promise<void>((resolve) => hub.onclose(() => resolve()));
      hub.on("Frame", (frame: Frame) => this.receive(frame));
      hub.on("Removed", (removed: Removed) => this.removed(removed));
      this.hub = hub;
      const tooLong = setTimeout(() => void hub.stop().catch(() => undefined), CONNECT_TIMEOUT_MS);
      try {
        await hub.start();
        await this.join(hub);
        clearTimeout(tooLong);
        await closed;
      } catch {
        // Nothing to tell: the state says it, and the next attempt follows.
      }
      clearTimeout(tooLong);
      if (this.hub === hub) this.hub = undefined;
      void hub.stop().catch(() => undefined);
      if (signal.aborted || this.view.state === "refused") return;
      this.show({ state: this.view.you ? "reconnecting" : "connecting" });
      await waitToRetry(backoffMs(this.attempt++, this.random), signal);
    }
  }

  private async join(hub: Hub): Promise<void> {
    if (this.joining === hub) return;
    this.joining = hub;
    try {
      let again: boolean;
      do {
        const after = this.view.log.seq;
        const joined = await hub.invoke<Joined>(
          "Join",
          after === undefined ? { room: this.room } : { room: this.room, after },
        );
        if (this.hub !== hub) return;
        this.attempt = 0;
        const log = applyJoined(this.view.log, joined);
        this.show({ state: "live", log, you: joined.you });
        again = log.gap;
      } while (again);
      void this.sendPosts();
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal && !NOT_NOW.has(refusal.code) && this.hub === hub) this.show({ state: "refused", refusal });
      throw error;
    } finally {
      if (this.joining === hub) this.joining = undefined;
    }
  }

  private receive(frame: Frame): void {
    if (frame.room !== this.room) return;
    if (frame.reactions) for (const listener of this.reactionListeners) listener(frame.reactions);
    const log = applyFrame(this.view.log, frame);
    this.show({ log });
    if (log.gap) this.rejoin();
  }

  /** A right was taken away while we were in; the server says why, and joining again is of no use. */
  private removed({ room, code, message }: Removed): void {
    if (room !== this.room) return;
    this.show({ state: "refused", refusal: { code, message } });
    void this.hub?.stop().catch(() => undefined);
  }

  private rejoin(): void {
    const hub = this.hub;
    if (!hub || this.joining === hub) return;
    this.join(hub).catch(() => void hub.stop().catch(() => undefined));
  }

  /** One message at a time, so that they land in the order they were written. */
  private async sendPosts(): Promise<void> {
    if (this.posting) return;
    this.posting = true;
    try {
      for (let post = nextToSend(this.view.outbox); post; post = nextToSend(this.view.outbox)) {
        const hub = this.hub;
        if (!hub || this.view.state !== "live") return;
        const { id, text } = post;
        try {
          const posted = await hub.invoke<Posted>("Post", { room: this.room, id, text });
          this.failedPosts = 0;
          this.show({ outbox: acknowledge(this.view.outbox, id, posted, this.view.log.seq ?? 0) });
          this.expect(posted.seq);
        } catch (error) {
          const refusal = refusalOf(error);
          if (refusal && !NOT_NOW.has(refusal.code)) this.show({ outbox: refuse(this.view.outbox, id, refusal) });
          else if (this.hub !== hub || this.view.state !== "live") return;
          else {
            if (refusal?.code === "not-joined") this.rejoin();
            await this.postFailed(id, refusal);
          }
        }
      }
    } finally {
      this.posting = false;
    }
  }

  private async postFailed(id: string, refusal: Refusal | undefined): Promise<void> {
    if (++this.failedPosts >= POST_ATTEMPTS) {
      this.failedPosts = 0;
      this.show({ outbox: refuse(this.view.outbox, id, refusal ?? { code: "not-sent", message: "" }) });
      return;
    }
    await waitToRetry(backoffMs(this.failedPosts, this.random), this.ending.signal);
  }

  /** The frame with entry `seq` must come; when it does not, it was lost and nothing newer would tell. */
  private expect(seq: number): void {
    if ((this.view.log.seq ?? 0) >= seq) return;
    clearTimeout(this.catchUp);
    this.catchUp = setTimeout(() => {
      if ((this.view.log.seq ?? 0) < seq) this.rejoin();
    }, CATCH_UP_MS);
  }

  private readonly lostNetwork = (): void => {
    void this.hub?.stop().catch(() => undefined);
  };

  private show(change: Partial<RoomView>): void {
    const next = { ...this.view, ...change };
    next.outbox = settle(next.outbox, next.log.entries, next.log.seq ?? 0);
    this.view = next;
    for (const listener of this.listeners) listener();
  }
}
