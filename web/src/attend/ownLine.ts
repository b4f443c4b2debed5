import { backoffMs, waitToRetry } from "../rooms/backoff.ts";
import { type Hub, hubAt, siblingOf } from "../rooms/hub.ts";
import { hangUp, type Line, lineOf, within } from "../rooms/line.ts";
import type { Moving } from "../rooms/wire.ts";
import type { AttendLine } from "./wire.ts";

/** Nobody is asked to wait longer than this before moving to another process. */
const LONGEST_MOVE_MS = 600_000;

interface OwnLineOptions {
  connect?: (origin?: string) => Hub;
  random?: () => number;
}

/** A connection to the live hub that belongs to no room: made again when it is lost, until it is closed. */
export class OwnLine implements AttendLine {
  private readonly hearers = new Map<string, Set<(message: unknown) => void>>();
  private readonly lineListeners = new Set<(up: boolean) => void>();
  private readonly ending = new AbortController();
  private readonly connect: (origin?: string) => Hub;
  private readonly random: () => number;
  private line: Line | undefined;
  private next: Line | undefined;
  private attempt = 0;

  constructor({ connect = hubAt, random = Math.random }: OwnLineOptions = {}) {
    this.connect = connect;
    this.random = random;
  }

  open(): void {
    globalThis.addEventListener?.("offline", this.lostNetwork);
    void this.stayConnected();
  }

  close(): void {
    this.ending.abort();
    globalThis.removeEventListener?.("offline", this.lostNetwork);
    this.lostNetwork();
  }

  async invoke<T>(method: string, argument: unknown): Promise<T> {
    const { line } = this;
    if (!line || line.lost) throw new Error("There is no connection now.");
    const answer = await line.hub.invoke<T>(method, ...(argument === undefined ? [] : [argument]));
    this.attempt = 0;
    return answer;
  }

  hear<T>(method: string, listener: (message: T) => void): () => void {
    const listeners = this.hearers.get(method) ?? new Set();
    this.hearers.set(method, listeners.add(listener as (message: unknown) => void));
    for (const line of [this.line, this.next]) if (line) this.passOn(line, method);
    return () => listeners.delete(listener as (message: unknown) => void);
  }

  lineOf(id: string): Pick<AttendLine, "hear"> {
    return {
      hear: <T>(method: string, listener: (message: T) => void) =>
        this.hear<T & { room?: string | null }>(method, (message) => message?.room === id && listener(message)),
    };
  }

  onLine(listener: (up: boolean) => void): () => void {
    this.lineListeners.add(listener);
    if (this.line && !this.line.lost) listener(true);
    return () => this.lineListeners.delete(listener);
  }

  private async stayConnected(): Promise<void> {
    const { signal } = this.ending;
    while (!signal.aborted) {
      const line = this.dial();
      this.next = line;
      try {
        await within(line, line.hub.start());
        this.adopt(line);
        await this.lost(line);
        for (const listener of this.lineListeners) listener(false);
      } catch {
        // The next attempt follows.
      }
      hangUp(line);
      if (signal.aborted) return;
      await waitToRetry(backoffMs(this.attempt++, this.random), signal);
    }
  }

  private dial(origin?: string): Line {
    const line = lineOf(this.connect(origin));
    line.hub.on("Moving", (moving: Moving) => {
      line.leaving ??= this.move(line, moving).finally(() => {
        line.leaving = undefined;
      });
    });
    for (const method of this.hearers.keys()) this.passOn(line, method);
    return line;
  }

  private passOn(line: Line, method: string): void {
    if (line.passedOn.has(method)) return;
    line.passedOn.add(method);
    line.hub.on(method, (message: unknown) => {
      for (const listener of this.hearers.get(method) ?? []) listener(message);
    });
  }

  private adopt(line: Line): void {
    const before = this.line;
    this.line = line;
    this.next = undefined;
    if (this.ending.signal.aborted) hangUp(line);
    for (const listener of this.lineListeners) listener(true);
    if (before !== line) hangUp(before);
  }

  /** Resolves when the connection is lost: this one, or the one we have moved to meanwhile. */
  private async lost(line: Line): Promise<void> {
    await line.closed;
    await line.leaving;
    if (this.line && this.line !== line) await this.lost(this.line);
    else this.line = undefined;
  }

  /** Goes to another process before this one is lost. What does not work is tried again at the usual address while this connection holds. */
  private async move(from: Line, { to, after }: Moving): Promise<void> {
    const { signal } = this.ending;
    await Promise.race([waitToRetry(Math.min(after || 0, LONGEST_MOVE_MS), signal), from.closed]);
    for (let attempt = 0; !from.lost && this.line === from && !signal.aborted; ) {
      const next = this.dial(attempt === 0 ? siblingOf(to) : undefined);
      this.next = next;
      try {
        await within(next, next.hub.start());
        this.adopt(next);
        return;
      } catch {
        hangUp(next);
      }
      await Promise.race([waitToRetry(backoffMs(attempt++, this.random), signal), from.closed]);
    }
  }

  private readonly lostNetwork = (): void => {
    hangUp(this.next);
    hangUp(this.line);
  };
}
