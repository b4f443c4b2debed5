import type { RoomLine } from "../rooms/live";
import { Call } from "./call";

/** Nobody sends the picture into the call: the playlist has it. */
const EMPTY_MS = 15_000;
/** A network that is poor for so long is better served by a playlist, which holds some seconds in store. */
const POOR_MS = 10_000;

/**
 * A seat near the stage: the finished picture over WebRTC, a fraction of a second old. Tells the picture while it arrives, and nothing when it does not: then
 * the playlist shows the same. Gives up by itself when the seats are taken, the network is too poor, or there is nothing to see.
 */
export class Nearby {
  private readonly call: Call;
  private readonly tell: (picture: MediaStream | undefined) => void;
  private readonly empty: ReturnType<typeof setTimeout>;
  private told: MediaStream | undefined;
  private watched: MediaStreamTrack | undefined;
  private stalled: MediaStreamTrack | undefined;
  private poorSince: number | undefined;

  constructor(line: RoomLine, tell: (picture: MediaStream | undefined) => void) {
    this.tell = tell;
    this.call = new Call(line, { publish: false });
    this.call.subscribe(() => this.look());
    this.call.open();
    this.empty = setTimeout(() => !this.told && this.close(), EMPTY_MS);
  }

  /** The picture is shown as high as this, in CSS pixels. */
  sized(height: number): void {
    for (const { peer } of this.call.current().peers) this.call.sized(peer, "program", height);
  }

  /** The picture stands still, although nobody has said why: the playlist shows on, until something new comes. */
  stands(): void {
    this.stalled = this.watched;
    this.look();
  }

  close(): void {
    clearTimeout(this.empty);
    this.call.close();
    this.show(undefined);
  }

  private look(): void {
    const { peers, refusal, state } = this.call.current();
    if (state === "over" || refusal?.code === "call-full") {
      if (this.told || state !== "over") this.close();
      return;
    }
    const host = peers.findLast((one) => one.tracks.some((track) => track.kind === "program" && track.stream));
    const picture = host?.tracks.find((track) => track.kind === "program")?.stream;
    if (host?.quality === "poor") this.poorSince ??= Date.now();
    else this.poorSince = undefined;
    if (this.poorSince && Date.now() - this.poorSince > POOR_MS) {
      this.close();
      return;
    }
    const track = picture?.getVideoTracks()[0];
    if (track && track !== this.watched) {
      this.watched = track;
      // Before the first packets, and when they stay away, a track is muted.
      track.onmute = track.onunmute = track.onended = () => this.look();
    }
    // It was known to be interrupted: whatever comes after that is new.
    if (host?.link === "interrupted") this.stalled = undefined;
    const whole = track && !track.muted && track.readyState === "live" && track !== this.stalled;
    const flows = whole && host?.link !== "interrupted";
    this.show(flows ? picture : undefined);
  }

  private show(picture: MediaStream | undefined): void {
    if (picture === this.told) return;
    // What was seen once comes again when it was lost.
    if (picture) clearTimeout(this.empty);
    this.told = picture;
    this.tell(picture);
  }
}
