import { backoffMs, waitToRetry } from "./backoff";
import { Earshot } from "./earshot";
import { type Hub, hubAt, siblingOf } from "./hub";
import { hangUp, type Line, lineOf, within } from "./line";
import { applyAlso, applyFrame, applyJoined, EARLY_LIMIT, EMPTY_LOG } from "./log";
import { leftOut, settle } from "./outbox";
import { NOT_NOW, type PostExtras, Posting } from "./posting";
import { askAgainMs, tickets } from "./queue";
import type { RoomLine, RoomView } from "./roomView";
import {
  type Also,
  type Entry,
  type Frame,
  type Joined,
  type Moving,
  placeOf,
  type Reaction,
  type Removed,
  refusalOf,
} from "./wire";

export { CATCH_UP_MS, POST_ATTEMPTS } from "./posting";
export type { LiveState, RoomLine, RoomView } from "./roomView";

/** Nobody is asked to wait longer than this before moving to another process. */
const LONGEST_MOVE_MS = 600_000;

interface LiveRoomOptions {
  /** The event whose line stands before the room; a ticket of it counts in all its rooms. */
  event?: string;
  /** Makes a connection: to the usual address, or to another origin of the site. */
  connect?: (origin?: string) => Hub;
  random?: () => number;
}

/** Called with the reactions of one frame; they are never stored. */
export type ReactionListener = (counts: Partial<Record<Reaction, number>>) => void;

/**
 * One person in one room: owns the connection to the live hub, keeps the log whole across lost connections and sends
 * what was written until the server has it. Start with `open`, end with `close`; it never throws, it shows.
 */
export class LiveRoom implements RoomLine {
  private view: RoomView = {
    state: "connecting",
    log: EMPTY_LOG,
    outbox: [],
    you: undefined,
    refusal: undefined,
    place: undefined,
  };
  private readonly listeners = new Set<() => void>();
  private readonly reactionListeners = new Set<ReactionListener>();
  private readonly ending = new AbortController();
  private line: Line | undefined;
  private readonly earshot: Earshot;
  private readonly lineListeners = new Set<(joined: boolean) => void>();
  private readonly overListeners = new Set<() => void>();
  /** The connection by which the room was joined last. */
  private joinedBy: Line | undefined;
  /** Where we are moving to, until we are there. */
  private next: Line | undefined;
  private opened = false;
  private attempt = 0;
  private readonly posting: Posting;

  readonly room: string;
  readonly event: string;
  private readonly connect: (origin?: string) => Hub;
  private readonly random: () => number;

  constructor(room: string, { event = room, connect = hubAt, random = Math.random }: LiveRoomOptions = {}) {
    this.room = room;
    this.event = event;
    this.earshot = new Earshot(room, event);
    this.connect = connect;
    this.random = random;
    this.posting = new Posting({
      room,
      random,
      signal: this.ending.signal,
      view: () => this.view,
      show: (change) => this.show(change),
      line: () => this.line,
      rejoin: () => this.rejoin(),
    });
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

  invoke<T>(method: string, argument: unknown): Promise<T> {
    const line = this.view.state === "live" ? this.line : undefined;
    if (!line || line.lost) return Promise.reject(new Error("There is no connection now."));
    return line.hub.invoke<T>(method, ...(argument === undefined ? [] : [argument]));
  }

  hear<T>(method: string, listener: (message: T) => void): () => void {
    return this.earshot.hear(this.room, method, listener, this.lines());
  }

  /** The same connection for something else whose messages carry this id, such as the call of a table. */
  lineOf(id: string): RoomLine {
    return {
      room: id,
      invoke: (method, argument) => this.invoke(method, argument),
      hear: (method, listener) => this.earshot.hear(id, method, listener, this.lines()),
      onLine: (listener) => this.onLine(listener),
      onOver: (listener) => this.onOver(listener),
    };
  }

  onLine(listener: (joined: boolean) => void): () => void {
    this.lineListeners.add(listener);
    if (this.joinedBy && this.joinedBy === this.line) listener(true);
    return () => this.lineListeners.delete(listener);
  }

  onOver(listener: () => void): () => void {
    this.overListeners.add(listener);
    return () => this.overListeners.delete(listener);
  }

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
    this.posting.stop();
    const line = this.line;
    this.line = undefined;
    hangUp(this.next);
    // Who waits and goes elsewhere gives the place up; a reload of the page does not come by here, and keeps it.
    if (this.view.place) tickets.forget(this.event);
    this.show({ state: "closed" });
    for (const listener of this.overListeners) listener();
    if (line) {
      void line.hub
        .send("Leave", this.room)
        .catch(() => undefined)
        .then(() => hangUp(line));
    }
  }

  /** Writes to the room. Shown at once as on its way, sent until the server has it. */
  post(text: string, extras?: PostExtras): void {
    this.posting.post(text, extras);
  }

  /** Sends a refused message once more. */
  retryPost(id: string): void {
    this.posting.retry(id);
  }

  /** Forgets a refused message. */
  discardPost(id: string): void {
    this.posting.discard(id);
  }

  /** Does something in the room; fails while there is no connection, or with the server's refusal. */
  async act(about: string, data: object): Promise<void> {
    await this.invoke("Act", { room: this.room, about, data: JSON.stringify(data) });
  }

  /** Puts earlier messages in at their numbers. */
  addEarlier(entries: readonly Entry[]): void {
    this.show({ log: applyAlso(this.view.log, entries) });
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
    if (this.view.state === "live") void this.line?.hub.send(method, argument).catch(() => undefined);
  }

  private async stayConnected(): Promise<void> {
    const { signal } = this.ending;
    while (!signal.aborted) {
      const line = this.dial();
      this.line = line;
      try {
        await within(line, line.hub.start());
        await this.join(line).catch((error: unknown) => {
          // We may have moved while we waited at the door; then the other line is in.
          if (this.line === line) throw error;
        });
        await this.lost(line);
      } catch {
        // Nothing to tell: the state says it, and the next attempt follows.
      }
      hangUp(this.line);
      hangUp(line);
      this.line = undefined;
      if (signal.aborted || this.view.state === "refused") return;
      this.show({ state: this.view.you || this.view.place ? "reconnecting" : "connecting" });
      for (const listener of this.lineListeners) listener(false);
      await waitToRetry(backoffMs(this.attempt++, this.random), signal);
    }
  }

  /** The connection, and the one we are moving to. */
  private lines(): Line[] {
    return [this.line, this.next].filter((line) => line !== undefined);
  }

  private dial(origin?: string): Line {
    const line = lineOf(this.connect(origin));
    const on = <T>(method: string, act: (message: T) => void) =>
      line.hub.on(method, (message: T) => {
        if (line === this.line) act(message);
        else line.waiting = line.waiting && [...line.waiting, () => act(message)].slice(-EARLY_LIMIT);
      });
    on("Frame", (frame: Frame) => this.receive(frame));
    on("Also", (also: Also) => also.room === this.room && this.show({ log: applyAlso(this.view.log, also.entries) }));
    on("Moving", (moving: Moving) => {
      line.leaving ??= this.move(line, moving).finally(() => {
        line.leaving = undefined;
      });
    });
    on("Removed", (removed: Removed) => this.removed(removed));
    this.earshot.add(line);
    return line;
  }

  /** Resolves when the connection is lost: this one, or the one we have moved to meanwhile. */
  private async lost(line: Line): Promise<void> {
    await line.closed;
    if (line === this.line && line.leaving && this.next) this.show({ state: "reconnecting" });
    await line.leaving;
    if (this.line && this.line !== line) await this.lost(this.line);
  }

  /**
   * Goes to another process before this one is lost: connects and joins there with what we hold, then lets go of this
   * connection. What does not work is tried again at the usual address for as long as this connection holds.
   */
  private async move(from: Line, { to, after }: Moving): Promise<void> {
    const { signal } = this.ending;
    await Promise.race([waitToRetry(Math.min(after || 0, LONGEST_MOVE_MS), signal), from.closed]);
    for (let attempt = 0; !from.lost && this.line === from && !signal.aborted; ) {
      const next = this.dial(attempt === 0 ? siblingOf(to) : undefined);
      this.next = next;
      try {
        await within(next, next.hub.start());
        await this.join(next);
        return;
      } catch (error) {
        hangUp(next);
        if (refusalOf(error)) return;
      } finally {
        this.next = undefined;
      }
      await Promise.race([waitToRetry(backoffMs(attempt++, this.random), signal), from.closed]);
    }
  }

  /** From now on this line is the room's. What it told before counts now, and the line before it is let go. */
  private adopt(line: Line): void {
    const before = this.line;
    this.line = line;
    for (const act of line.waiting ?? []) act();
    line.waiting = undefined;
    if (before !== line) hangUp(before);
  }

  private async join(line: Line): Promise<void> {
    if (line.joining) return;
    line.joining = true;
    const room = this.line;
    try {
      let again: boolean;
      do {
        const joined = await this.ask(line);
        if (this.ending.signal.aborted || this.view.state === "refused" || (this.line !== line && this.line !== room)) {
          hangUp(line);
          return;
        }
        this.attempt = 0;
        if (joined.ticket) tickets.keep(this.event, joined.ticket);
        const log = applyJoined(this.view.log, joined);
        this.show({ state: "live", log, you: joined.you, place: undefined });
        this.adopt(line);
        if (this.joinedBy !== line) {
          this.joinedBy = line;
          for (const listener of this.lineListeners) listener(true);
        }
        again = this.view.log.gap;
      } while (again);
      void this.posting.send();
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal && !NOT_NOW.has(refusal.code) && this.line === line) {
        tickets.forget(this.event);
        this.show({ state: "refused", refusal, place: undefined });
        for (const listener of this.overListeners) listener();
      }
      throw error;
    } finally {
      line.joining = false;
    }
  }

  /** Asks to be let in, again and again while the server says that it is not our turn yet. */
  private async ask(line: Line): Promise<Joined> {
    const { signal } = this.ending;
    for (;;) {
      const after = this.view.log.seq;
      const ticket = tickets.of(this.event) ?? this.view.place?.ticket;
      const request = { room: this.room, ...(after !== undefined && { after }), ...(ticket && { ticket }) };
      try {
        return await within(line, line.hub.invoke<Joined>("Join", request));
      } catch (error) {
        const place = placeOf(error);
        if (!place || signal.aborted) throw error;
        if (line !== this.line) {
          // Who is in a room stays where they are; who is not waits where they were sent to.
          if (this.view.log.seq !== undefined || line !== this.next) throw error;
          this.adopt(line);
        }
        this.attempt = 0;
        tickets.keep(this.event, place.ticket);
        this.show({ state: "queued", place });
        await Promise.race([waitToRetry(askAgainMs(place), signal), line.closed]);
        if (signal.aborted) throw error;
      }
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
    for (const listener of this.overListeners) listener();
    hangUp(this.next);
    hangUp(this.line);
  }

  private rejoin(): void {
    const line = this.line;
    if (line && !line.joining) this.join(line).catch(() => hangUp(line));
  }

  private readonly lostNetwork = (): void => {
    hangUp(this.next);
    hangUp(this.line);
  };

  private show(change: Partial<RoomView>): void {
    const next = { ...this.view, ...change };
    if (next.you && next.outbox.length > 0) {
      const own = leftOut(next.outbox, next.log.entries, next.log.seq ?? 0, next.you);
      if (own.length > 0) next.log = applyAlso(next.log, own);
    }
    next.outbox = settle(next.outbox, next.log.entries, next.log.seq ?? 0);
    this.view = next;
    for (const listener of this.listeners) listener();
  }
}
