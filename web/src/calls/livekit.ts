import {
  ConnectionQuality,
  type LocalTrackPublication,
  type Participant,
  type RemoteParticipant,
  type RemoteTrack,
  type RemoteTrackPublication,
  Room,
  RoomEvent,
  Track,
} from "livekit-client";
import { waitToRetry } from "../rooms/backoff";
import type { CallEngine, EngineHost, LinkState, Quality } from "./engine";
import { type Entered, TRACK_KINDS, type TrackKind } from "./wire";

/** A lost connection that LiveKit gives up is asked for anew after this. */
const AGAIN_MS = 1_000;

/** What this needs of LiveKit's room. */
export type LiveKitRoom = Pick<Room, "connect" | "disconnect" | "on" | "localParticipant" | "state">;

interface Access {
  url: string;
  token: string;
}

/** A call through LiveKit: the browser speaks to it by itself, with a token that came with entering. Identities are the ids of peers. */
export class LiveKit implements CallEngine {
  private readonly host: EngineHost;
  private readonly room: LiveKitRoom;
  private readonly streams = new Map<string, Map<TrackKind, MediaStream>>();
  private readonly quality = new Map<string, Quality>();
  private readonly sending = new Map<string, { track: MediaStreamTrack; publication: LocalTrackPublication }>();
  private readonly ending = new AbortController();
  private order: Promise<void> = Promise.resolve();
  private connected = false;
  private link: LinkState = "connecting";

  constructor(host: EngineHost, room: LiveKitRoom = new Room({ adaptiveStream: true, dynacast: true })) {
    this.host = host;
    this.room = room;
    room
      .on(RoomEvent.TrackSubscribed, (track, publication, participant) => this.arrived(track, publication, participant))
      .on(RoomEvent.TrackUnsubscribed, (track, _, participant) => this.left(track, participant.identity))
      .on(RoomEvent.ParticipantConnected, ({ identity }) => this.show(identity))
      .on(RoomEvent.ParticipantDisconnected, ({ identity }) => this.gone(identity))
      .on(RoomEvent.ConnectionQualityChanged, (quality, participant) => this.graded(quality, participant))
      .on(RoomEvent.ActiveSpeakersChanged, (speakers) => {
        for (const { identity, audioLevel } of speakers) if (identity !== host.me) host.heard(identity, audioLevel);
      })
      .on(RoomEvent.Reconnecting, () => this.follow("interrupted"))
      .on(RoomEvent.Reconnected, () => this.follow("connected"))
      .on(RoomEvent.Disconnected, () => this.lost());
  }

  entered({ access }: Entered): void {
    if (this.connected || !access) return;
    this.connected = true;
    const { url, token } = JSON.parse(access) as Access;
    this.afterwards(async () => {
      try {
        await this.room.connect(url, token);
        this.follow("connected");
      } catch {
        this.lost();
      }
    });
    this.sourcesChanged();
  }

  peersChanged(): void {
    // LiveKit tells of everybody by itself; who may be shown is the call's business.
  }

  sourcesChanged(): void {
    this.afterwards(() => this.publish());
  }

  signalled(): void {
    // Nothing comes through our server.
  }

  close(): void {
    this.ending.abort();
    void this.room.disconnect(false);
  }

  /** One after another, so that nothing is sent twice. */
  private afterwards(act: () => Promise<void>): void {
    this.order = this.order.then(act).catch(() => undefined);
  }

  private async publish(): Promise<void> {
    if (!this.connected || this.ending.signal.aborted) return;
    const wanted = new Map<string, { kind: TrackKind; track: MediaStreamTrack }>();
    for (const [kind, stream] of this.host.sources())
      for (const track of stream.getTracks()) wanted.set(`${kind}/${track.kind}`, { kind, track });
    for (const [name, { track }] of [...this.sending]) {
      if (wanted.get(name)?.track === track) continue;
      this.sending.delete(name);
      await this.room.localParticipant.unpublishTrack(track, false); // it stays its owner's
    }
    for (const [name, { kind, track }] of wanted) {
      if (this.sending.has(name)) continue;
      const source = sourceOf(kind, track.kind);
      const publication = await this.room.localParticipant.publishTrack(track, {
        name: kind,
        source,
        simulcast: kind === "camera",
      });
      this.sending.set(name, { track, publication });
    }
  }

  private arrived(track: RemoteTrack, publication: RemoteTrackPublication, { identity }: RemoteParticipant): void {
    const kind = TRACK_KINDS.find((one) => one === publication.trackName);
    if (!kind) return;
    const streams = this.streams.get(identity) ?? new Map<TrackKind, MediaStream>();
    const stream = streams.get(kind) ?? new MediaStream();
    stream.addTrack(track.mediaStreamTrack);
    this.streams.set(identity, streams.set(kind, stream));
    this.show(identity);
  }

  private left(track: RemoteTrack, identity: string): void {
    for (const [kind, stream] of this.streams.get(identity) ?? []) {
      stream.removeTrack(track.mediaStreamTrack);
      if (stream.getTracks().length === 0) this.streams.get(identity)?.delete(kind);
    }
    this.show(identity);
  }

  private gone(identity: string): void {
    this.streams.delete(identity);
    this.quality.delete(identity);
    this.host.show(identity, undefined);
  }

  private graded(grade: ConnectionQuality, { identity }: Participant): void {
    const quality = qualityOf(grade);
    if (identity === this.host.me) {
      this.host.showUplink(quality);
      return;
    }
    if (quality) this.quality.set(identity, quality);
    else this.quality.delete(identity);
    this.show(identity);
  }

  private follow(link: LinkState): void {
    this.link = link;
    for (const { peer } of this.host.peers()) this.show(peer);
  }

  private show(peer: string): void {
    this.host.show(peer, {
      link: this.link,
      streams: new Map(this.streams.get(peer)),
      quality: this.quality.get(peer),
    });
  }

  /** LiveKit gave the connection up, or never made it: a new one needs a new token. */
  private lost(): void {
    if (this.ending.signal.aborted || !this.connected) return;
    this.connected = false;
    this.sending.clear();
    this.streams.clear();
    this.follow("interrupted");
    void waitToRetry(AGAIN_MS, this.ending.signal).then(() => {
      if (!this.ending.signal.aborted) this.host.enterAgain();
    });
  }
}

/** A program is a screen to LiveKit; its name tells them apart. */
function sourceOf(kind: TrackKind, media: string): Track.Source {
  if (kind === "camera") return Track.Source.Camera;
  if (kind === "microphone") return Track.Source.Microphone;
  return media === "video" ? Track.Source.ScreenShare : Track.Source.ScreenShareAudio;
}

function qualityOf(grade: ConnectionQuality): Quality | undefined {
  if (grade === ConnectionQuality.Excellent) return "good";
  if (grade === ConnectionQuality.Good) return "fair";
  return grade === ConnectionQuality.Unknown ? undefined : "poor";
}
