import { Down, keyOf } from "./down";
import { type Sent, Up } from "./up";
import type { About, Candidates, DownOffer, DownStreams, Say, UpAnswer, Want } from "./words";

/** Old connections are let go when the new ones stand, and after this long in any case. */
const OVERLAP_MS = 8_000;
/** Between two attempts to begin a connection anew. */
const AGAIN_MS = 700;

/** What a call tells its link, and is told by it. */
export interface LinkPort {
  say: Say;
  /** How connections are made, now: TURN credentials end. */
  config: () => RTCConfiguration;
  /** What is received has changed; see `trackOf`. */
  changed: () => void;
}

/**
 * A client's connections to Janus, by way of the server: one up, one down. When the call moves, or when what the server had is lost, both
 * are made anew while the old ones go on, so that nobody sees the seam unless there was nothing to see any more.
 */
export class JanusLink {
  private readonly port: LinkPort;
  private seat: string | undefined;
  private up: Up | undefined;
  private down: Down | undefined;
  private oldUp: Up | undefined;
  private oldDown: Down | undefined;
  private numbers = 0;
  private sent: readonly Sent[] = [];
  private wanted: readonly Want[] = [];
  private moving: ReturnType<typeof setTimeout> | undefined;
  private again: ReturnType<typeof setTimeout> | undefined;
  private closed = false;

  constructor(port: LinkPort) {
    this.port = port;
  }

  /** The server has let this client in, or in again. `access` names the seat there: another one has nothing of ours yet. */
  entered(access: string | null | undefined): void {
    const seat = seatIn(access);
    if (seat === this.seat && this.down) {
      this.port.say("sync", {}).catch(() => undefined);
      this.send(this.sent);
      return;
    }
    const moves = this.seat !== undefined;
    this.seat = seat;
    this.retire();
    this.begin();
    if (!moves) return;
    clearTimeout(this.moving);
    this.moving = setTimeout(() => this.moved(), OVERLAP_MS);
  }

  /** Sends these tracks and nothing else. */
  send(sent: readonly Sent[]): void {
    this.sent = sent;
    if (this.closed || !this.seat) return;
    if (sent.length > 0) this.up ??= this.newUp();
    this.up?.send(sent);
  }

  /** Wants to receive these and nothing else. */
  want(wanted: readonly Want[]): void {
    this.wanted = wanted;
    this.down?.want(wanted);
  }

  /** The track as it is received now; of the connection before a move while the new one does not have it. */
  trackOf(peer: string, track: string): MediaStreamTrack | undefined {
    const key = keyOf(peer, track);
    const fresh = this.down?.received.get(key);
    const old = this.oldDown?.pc.connectionState === "connected" ? this.oldDown.received.get(key) : undefined;
    // A track is muted until its first packets are here.
    return old && old.readyState === "live" && !old.muted && (!fresh || fresh.muted) ? old : fresh;
  }

  /** How loud a received sound is now, from 0 to 1; undefined while nothing comes. */
  levelOf(peer: string, track: string): number | undefined {
    const mine = this.trackOf(peer, track);
    const receiver = mine && this.down?.pc.getReceivers().find((r) => r.track === mine);
    return receiver?.getSynchronizationSources()[0]?.audioLevel;
  }

  /** A `CallSignal` without `from`. */
  heard(kind: string, data: unknown): void {
    const { pc } = data as About;
    const both = pc === "up" ? [this.up, this.oldUp] : [this.down, this.oldDown];
    if (kind === "answer") for (const one of [this.up, this.oldUp]) one?.answer(data as UpAnswer);
    else if (kind === "offer") for (const one of [this.down, this.oldDown]) one?.offer(data as DownOffer);
    else if (kind === "streams") for (const one of [this.down, this.oldDown]) one?.streams(data as DownStreams);
    else if (kind === "candidate") for (const one of both) one?.candidate(data as Candidates);
    else if (kind === "hangup") for (const one of both) one?.hangup(data as About);
  }

  /** The connections, to measure them. */
  get connections(): { up?: RTCPeerConnection; down?: RTCPeerConnection } {
    return { ...(this.up && { up: this.up.pc }), ...(this.down && { down: this.down.pc }) };
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.moving);
    clearTimeout(this.again);
    for (const one of [this.up, this.down, this.oldUp, this.oldDown]) one?.close();
    this.up = this.down = this.oldUp = this.oldDown = undefined;
  }

  private begin(): void {
    this.down = this.newDown();
    this.down.want(this.wanted);
    this.send(this.sent);
  }

  private retire(): void {
    this.oldUp?.close();
    this.oldDown?.close();
    this.oldUp = this.up;
    this.oldDown = this.down;
    this.up = this.down = undefined;
  }

  /** The new connections stand, or have had their time. */
  private moved(): void {
    clearTimeout(this.moving);
    this.oldUp?.close();
    this.oldDown?.close();
    this.oldUp = this.oldDown = undefined;
    if (this.closed) return;
    this.port.say("moved", {}).catch(() => undefined);
    this.port.changed();
  }

  private newUp(): Up {
    const up: Up = new Up(++this.numbers, this.port.config(), this.port.say, () => {
      if (up === this.up) this.renew("up");
    });
    return up;
  }

  private newDown(): Down {
    const down: Down = new Down(
      ++this.numbers,
      this.port.config(),
      this.port.say,
      () => {
        if (down === this.down) this.renew("down");
      },
      () => {
        for (const track of down.received.values()) track.onunmute = () => this.arrived();
        this.arrived();
      },
    );
    return down;
  }

  /** Something new is received; when all that the old connection had is here again, it may go. */
  private arrived(): void {
    const fresh = this.down?.received;
    if (
      this.oldDown &&
      fresh &&
      fresh.size > 0 &&
      [...fresh.values()].every((t) => !t.muted) &&
      (!this.up || this.up.pc.connectionState === "connected")
    ) {
      clearTimeout(this.moving);
      this.moving = setTimeout(() => this.moved(), AGAIN_MS);
    }
    this.port.changed();
  }

  /** A connection that cannot be mended begins anew, with what it sent and received. */
  private renew(which: "up" | "down"): void {
    if (this.closed) return;
    this[which]?.close();
    this[which] = undefined;
    clearTimeout(this.again);
    this.again = setTimeout(() => {
      if (this.closed || !this.seat) return;
      if (!this.down) {
        this.down = this.newDown();
        this.down.want(this.wanted);
      }
      if (!this.up) this.send(this.sent);
    }, AGAIN_MS);
  }
}

function seatIn(access: string | null | undefined): string {
  try {
    return (JSON.parse(access ?? "{}") as { seat?: string }).seat ?? "";
  } catch {
    return "";
  }
}
