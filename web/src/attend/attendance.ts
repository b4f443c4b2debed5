import { backoffMs, waitToRetry } from "../rooms/backoff.ts";
import type { RoomLine } from "../rooms/live.ts";
import { type Refusal, refusalOf } from "../rooms/wire.ts";
import { forgetTime, heardTime } from "./serverTime.ts";
import type { Attending, AttendLine, ToldAtEvent, Unattended } from "./wire.ts";

/** `refused`: not of the event, or not any more; everything else is tried again. */
export type AttendanceState = "connecting" | "attending" | "reconnecting" | "refused";

export interface AttendanceView {
  state: AttendanceState;
  /** Whom the server takes us for. */
  person: string | undefined;
  /** Why not, when `state` is refused. */
  refusal: Refusal | undefined;
}

/** Refusals that say "not now". */
const NOT_NOW = new Set(["too-many-requests", "too-many-events", "internal"]);
/** The server's time is asked for so often after each `Attend`, to hear one quick answer. */
const TIME_SAMPLES = 3;

/**
 * One person at one event, over whichever connection there is: attends again whenever there is another one, and passes on
 * what is told. Never throws, it shows.
 */
export class Attendance {
  private view: AttendanceView = { state: "connecting", person: undefined, refusal: undefined };
  private readonly listeners = new Set<() => void>();
  private readonly tellers = new Map<string, Set<(data: unknown) => void>>();
  private readonly returnListeners = new Set<() => void>();
  private readonly newLineListeners = new Set<() => void>();
  private letGo: () => void = () => undefined;
  private line: AttendLine | undefined;
  private turn = new AbortController();

  readonly event: string;
  private readonly random: () => number;

  constructor(event: string, random: () => number = Math.random) {
    this.event = event;
    this.random = random;
  }

  readonly current = (): AttendanceView => this.view;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** From now on goes over this connection; without one nothing is told. */
  use(line: AttendLine | undefined): void {
    if (line === this.line) return;
    this.letGo();
    this.line = line;
    for (const listener of this.newLineListeners) listener();
    this.show({ state: this.view.person ? "reconnecting" : "connecting", refusal: undefined });
    if (!line) {
      this.letGo = () => undefined;
      return;
    }
    const stops = [
      line.hear<ToldAtEvent>("Told", (told) => told.event === this.event && this.told(told)),
      line.hear<Unattended>("Unattended", (over) => over.event === this.event && this.refuse(over)),
      line.onLine((up) => (up ? void this.attend(line) : this.lost())),
    ];
    this.letGo = () => {
      this.turn.abort();
      for (const stop of stops) stop();
    };
  }

  /** Asks the server for something of this event; fails while there is no connection, or with the server's refusal. */
  invoke<T>(method: string, argument: unknown): Promise<T> {
    return this.line?.invoke<T>(method, argument) ?? Promise.reject(new Error("There is no connection now."));
  }

  /** Hears what is told about something; answers how to stop listening. */
  onTold(about: string, listener: (data: unknown) => void): () => void {
    const listeners = this.tellers.get(about) ?? new Set();
    this.tellers.set(about, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** Called each time that we attend by another connection than before, and at once when we do: what was told meanwhile is lost. */
  onReturn(listener: () => void): () => void {
    this.returnListeners.add(listener);
    if (this.view.state === "attending") listener();
    return () => this.returnListeners.delete(listener);
  }

  /** The way to a call that belongs to no room: of a pair, a table, a conversation, a meeting. It is there while we attend. */
  callLine(call: string): RoomLine {
    return {
      room: call,
      invoke: (method, argument) => this.invoke(method, argument),
      hear: (method, listener) => {
        let stop = this.line?.lineOf(call).hear(method, listener);
        const changed = () => {
          stop?.();
          stop = this.line?.lineOf(call).hear(method, listener);
        };
        this.newLineListeners.add(changed);
        return () => {
          stop?.();
          this.newLineListeners.delete(changed);
        };
      },
      onLine: (listener) => {
        const stops = [
          this.onReturn(() => listener(true)),
          this.subscribe(() => this.view.state === "reconnecting" && listener(false)),
        ];
        return () => {
          for (const stop of stops) stop();
        };
      },
      onOver: (listener) => this.subscribe(() => this.view.state === "refused" && listener()),
    };
  }

  private async attend(line: AttendLine): Promise<void> {
    this.turn.abort();
    this.turn = new AbortController();
    const { signal } = this.turn;
    for (let attempt = 0; !signal.aborted; ) {
      const asked = performance.now();
      try {
        const { person, at } = await line.invoke<Attending>("Attend", { event: this.event });
        if (signal.aborted) return;
        forgetTime();
        heardTime(at, asked);
        this.show({ state: "attending", person, refusal: undefined });
        for (const listener of this.returnListeners) listener();
        await this.sampleTime(line, signal);
        return;
      } catch (error) {
        const refusal = refusalOf(error);
        if (signal.aborted) return;
        if (refusal && !NOT_NOW.has(refusal.code)) {
          this.refuse(refusal);
          return;
        }
        await waitToRetry(backoffMs(++attempt, this.random), signal);
      }
    }
  }

  private async sampleTime(line: AttendLine, signal: AbortSignal): Promise<void> {
    try {
      for (let n = 0; n < TIME_SAMPLES && !signal.aborted; n++) {
        const asked = performance.now();
        heardTime(await line.invoke<number>("Now", undefined), asked);
      }
    } catch {
      // The first answer has to do.
    }
  }

  private told({ about, data }: ToldAtEvent): void {
    let said: unknown;
    try {
      said = JSON.parse(data);
    } catch {
      return;
    }
    for (const listener of this.tellers.get(about) ?? []) listener(said);
  }

  private lost(): void {
    this.turn.abort();
    if (this.view.state !== "refused") this.show({ state: this.view.person ? "reconnecting" : "connecting" });
  }

  private refuse({ code, message }: Refusal): void {
    this.turn.abort();
    this.show({ state: "refused", refusal: { code, message } });
  }

  private show(change: Partial<AttendanceView>): void {
    this.view = { ...this.view, ...change };
    for (const listener of this.listeners) listener();
  }
}
