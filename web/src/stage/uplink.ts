import { backoffMs, waitToRetry } from "../rooms/backoff";
import type { Refusal } from "../rooms/wire";
import { recorderOf, TIMESLICE_MS } from "./recording";
import {
  newTakeAsked,
  offsetTold,
  recorded,
  recorderStopped,
  socketClosed,
  socketOpened,
  startTake,
  type Take,
  type TakeStep,
  unacknowledgedMs,
  uploadKbps,
} from "./take";

/** A server that was sent something and says nothing for this long is given up for a new socket. */
export const SERVER_SILENCE_MS = 10_000;
/** How long the end of a broadcast waits for the last bytes. */
export const FINISH_MS = 15_000;
/** How often the health is measured anew. */
const HEALTH_MS = 500;

export type UplinkState = "connecting" | "sending" | "reconnecting" | "done" | "refused";

export interface UplinkHealth {
  state: UplinkState;
  /** Recording that is on the server's disk, kbit/s over the last seconds. */
  kbps: number;
  /** Age of the oldest recording that is not, in milliseconds. */
  unacknowledgedMs: number;
  /** Why the server does not take it, when `state` is refused. */
  refusal?: Refusal | undefined;
}

/** What the server says over the upload socket. */
type Told = { offset: number } | { error: Refusal };

function toldOf(data: unknown): Told | undefined {
  if (typeof data !== "string") return undefined;
  try {
    const told = JSON.parse(data) as Partial<{ offset: number; error: Refusal }> | null;
    if (typeof told?.offset === "number") return { offset: told.offset };
    if (typeof told?.error?.code === "string") return { error: told.error };
  } catch {
    return undefined;
  }
  return undefined;
}

/**
 * Records a stream and brings it to the server, take after take, until it is finished. A take is continued over lost
 * connections; when it cannot be, the next connection starts a new recorder. The rules are in take.ts, the network
 * and the recorder are here.
 */
export class Uplink {
  health: UplinkHealth = { state: "connecting", kbps: 0, unacknowledgedMs: 0 };
  private readonly url: string;
  private readonly type: string;
  private readonly peer: () => string | undefined;
  private readonly stream: MediaStream;
  private readonly ending = new AbortController();
  private readonly listeners = new Set<() => void>();
  private take: Take;
  private socket: WebSocket | undefined;
  private recorder: MediaRecorder | undefined;
  private attempt = 0;
  private heardAt = 0;
  private finishing = false;
  private hangUp: () => void = () => undefined;
  private pulse: ReturnType<typeof setInterval> | undefined;

  /** @param peer who we are in the call of the backstage, at that moment. */
  constructor(path: string, stream: MediaStream, type: string, peer: () => string | undefined = () => undefined) {
    const url = new URL(path, location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    this.url = url.href;
    this.stream = stream;
    this.type = type;
    this.peer = peer;
    this.take = startTake(crypto.randomUUID(), type);
  }

  readonly current = (): UplinkHealth => this.health;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Connects and sends until `finish` or `abandon`. */
  start(): void {
    this.pulse = setInterval(() => this.measure(), HEALTH_MS);
    void this.keepSending();
  }

  /** Stops recording and waits until the server has the last byte, or until waiting makes no sense. */
  async finish(): Promise<void> {
    if (this.finishing) return;
    this.finishing = true;
    await this.stopRecorder();
    this.follow(recorderStopped(this.take));
    const limit = Date.now() + FINISH_MS;
    while (!this.over() && Date.now() < limit) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    this.abandon();
  }

  /** Lets go of everything at once. */
  abandon(): void {
    this.ending.abort();
    clearInterval(this.pulse);
    void this.stopRecorder();
    this.socket?.close(1000);
    this.hangUp();
    this.show({ state: this.health.state === "refused" ? "refused" : "done" });
  }

  private async keepSending(): Promise<void> {
    const { signal } = this.ending;
    while (!signal.aborted && !this.over()) {
      if (this.take.phase === "given-up") await this.nextTake();
      await this.talk();
      if (signal.aborted || this.over()) return;
      this.show({ state: this.recorder ? "reconnecting" : "connecting" });
      await waitToRetry(backoffMs(this.attempt++), signal);
    }
  }

  /** One socket, from opening to its end. */
  private talk(): Promise<void> {
    return new Promise((resolve) => {
      const socket = new WebSocket(this.url);
      socket.binaryType = "arraybuffer";
      this.socket = socket;
      this.heardAt = Date.now();
      socket.onopen = () => this.follow(socketOpened(this.take, this.peer()));
      socket.onmessage = (message) => this.heard(toldOf(message.data));
      // A socket whose network is gone may take minutes to say so; hanging up does not wait for it.
      this.hangUp = () => {
        if (this.socket !== socket) return;
        this.socket = undefined;
        this.take = socketClosed(this.take);
        socket.onmessage = null;
        socket.close();
        resolve();
      };
      socket.onclose = () => this.hangUp();
    });
  }

  private heard(told: Told | undefined): void {
    this.heardAt = Date.now();
    if (!told) return;
    if ("error" in told) {
      if (told.error.code === "new-take") this.follow(newTakeAsked(this.take));
      else this.show({ state: "refused", refusal: told.error });
      return;
    }
    this.follow(offsetTold(this.take, told.offset, Date.now()));
    if (this.take.phase !== "flowing") return;
    this.attempt = 0;
    if (!this.recorder && !this.finishing) this.record();
    this.show({ state: "sending" });
  }

  /** Starts the recorder of this take, now that the server listens. */
  private record(): void {
    const take = this.take.id;
    const recorder = recorderOf(this.stream, this.type);
    let order = Promise.resolve();
    recorder.ondataavailable = ({ data }) => {
      order = order.then(async () => {
        const bytes = new Uint8Array(await data.arrayBuffer());
        if (this.take.id === take) this.follow(recorded(this.take, bytes, Date.now()));
      });
    };
    recorder.onerror = () => {
      if (this.take.id === take) this.follow(newTakeAsked(this.take));
    };
    this.recorder = recorder;
    recorder.start(TIMESLICE_MS);
    this.drained = () => order;
  }

  private drained: () => Promise<void> = () => Promise.resolve();

  private async stopRecorder(): Promise<void> {
    const recorder = this.recorder;
    if (recorder && recorder.state !== "inactive") {
      await new Promise<void>((resolve) => {
        recorder.onstop = () => resolve();
        recorder.stop();
      });
    }
    await this.drained();
  }

  private async nextTake(): Promise<void> {
    await this.stopRecorder();
    this.recorder = undefined;
    this.drained = () => Promise.resolve();
    this.take = startTake(crypto.randomUUID(), this.type);
  }

  /** Nothing is left to send, or nobody takes it. */
  private over(): boolean {
    if (this.health.state === "refused" || this.take.phase === "done") return true;
    return this.finishing && (this.take.end === 0 || this.take.phase === "given-up");
  }

  private follow({ take, commands }: TakeStep): void {
    this.take = take;
    const socket = this.socket;
    for (const command of commands) {
      if (!socket || socket.readyState !== WebSocket.OPEN) continue;
      if (command.do === "hello") socket.send(command.text);
      else if (command.do === "send") socket.send(command.bytes);
      else socket.close(1000);
    }
  }

  private measure(): void {
    const now = Date.now();
    const waiting = unacknowledgedMs(this.take, now);
    if (this.socket && waiting > SERVER_SILENCE_MS && now - this.heardAt > SERVER_SILENCE_MS) this.hangUp();
    this.show({ kbps: uploadKbps(this.take, now), unacknowledgedMs: waiting });
  }

  private show(change: Partial<UplinkHealth>): void {
    this.health = { ...this.health, ...change };
    for (const listener of this.listeners) listener();
  }
}
