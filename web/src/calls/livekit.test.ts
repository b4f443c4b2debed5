import { RoomEvent } from "livekit-client";
import { describe, expect, test, vi } from "vitest";
import type { EngineHost, Seen } from "./engine";
import { LiveKit, type LiveKitRoom } from "./livekit";
import type { Entered, TrackKind } from "./wire";

class Stream {
  readonly tracks = new Set<unknown>();
  addTrack = (track: unknown) => void this.tracks.add(track);
  removeTrack = (track: unknown) => void this.tracks.delete(track);
  getTracks = () => [...this.tracks];
}

const track = (kind: string) => ({ kind }) as MediaStreamTrack;
const streamOf = (...tracks: MediaStreamTrack[]) => ({ getTracks: () => tracks }) as MediaStream;

/** LiveKit's room, as far as the engine uses it. */
function lab(connect: () => Promise<void> = async () => undefined) {
  vi.stubGlobal("MediaStream", Stream);
  const handlers = new Map<string, (...args: unknown[]) => void>();
  const done: string[] = [];
  const room = {
    on(event: string, handler: (...args: unknown[]) => void) {
      handlers.set(event, handler);
      return room;
    },
    connect: async (url: string, token: string) => {
      done.push(`connect ${url} ${token}`);
      await connect();
    },
    disconnect: async () => void done.push("disconnect"),
    localParticipant: {
      publishTrack: async (_: unknown, options: object) => {
        done.push(`publish ${JSON.stringify(options)}`);
        return {};
      },
      unpublishTrack: async (one: MediaStreamTrack, stop: boolean) => void done.push(`unpublish ${one.kind} ${stop}`),
    },
  };
  const sources = new Map<TrackKind, MediaStream>();
  const shown = new Map<string, Seen | undefined>();
  const heard: [string, number][] = [];
  const host = {
    me: "me",
    peers: () => [{ peer: "ada" }],
    sources: () => sources,
    show: (peer: string, seen: Seen | undefined) => void shown.set(peer, seen),
    heard: (peer: string, level: number) => void heard.push([peer, level]),
    showUplink: () => undefined,
    enterAgain: () => void done.push("enter again"),
  } as unknown as EngineHost;
  const engine = new LiveKit(host, room as unknown as LiveKitRoom);
  const tell = (event: RoomEvent, ...args: unknown[]) => handlers.get(event)?.(...args);
  const enter = () => engine.entered({ access: '{"url":"ws://livekit","token":"jwt"}' } as Entered);
  return { engine, tell, enter, done, sources, shown, heard };
}

describe("a call through LiveKit", () => {
  test("connects once with what entering brought, and sends what there is to send", async () => {
    const { engine, enter, done, sources } = lab();
    sources.set("camera", streamOf(track("video")));
    enter();
    enter();
    await vi.waitFor(() => expect(done).toHaveLength(2));
    sources.set("microphone", streamOf(track("audio")));
    sources.delete("camera");
    engine.sourcesChanged();
    engine.sourcesChanged();
    await vi.waitFor(() => expect(done).toHaveLength(4));
    expect(done).toEqual([
      "connect ws://livekit jwt",
      'publish {"name":"camera","source":"camera","simulcast":true}',
      "unpublish video false",
      'publish {"name":"microphone","source":"microphone","simulcast":false}',
    ]);
    engine.close();
  });

  test("shows what arrives by its name, and takes it away again", () => {
    const { tell, shown, heard, engine } = lab();
    const [ada, picture] = [{ identity: "ada" }, { mediaStreamTrack: track("video") }];
    tell(RoomEvent.TrackSubscribed, picture, { trackName: "screen" }, ada);
    tell(RoomEvent.TrackSubscribed, { mediaStreamTrack: track("video") }, { trackName: "something else" }, ada);
    expect([...(shown.get("ada")?.streams.keys() ?? [])]).toEqual(["screen"]);
    tell(RoomEvent.ConnectionQualityChanged, "poor", ada);
    expect(shown.get("ada")?.quality).toBe("poor");
    tell(RoomEvent.ActiveSpeakersChanged, [
      { identity: "ada", audioLevel: 0.4 },
      { identity: "me", audioLevel: 0.9 },
    ]);
    expect(heard).toEqual([["ada", 0.4]]);
    tell(RoomEvent.TrackUnsubscribed, picture, {}, ada);
    expect(shown.get("ada")?.streams.size).toBe(0);
    tell(RoomEvent.ParticipantDisconnected, ada);
    expect(shown.get("ada")).toBeUndefined();
    engine.close();
  });

  test("asks for a new token when the connection is given up, and not when it is over", async () => {
    const { engine, tell, enter, done, shown } = lab();
    enter();
    await vi.waitFor(() => expect(shown.get("ada")?.link).toBe("connected"));
    tell(RoomEvent.Reconnecting);
    expect(shown.get("ada")?.link).toBe("interrupted");
    tell(RoomEvent.Reconnected);
    tell(RoomEvent.Disconnected);
    await vi.waitFor(() => expect(done).toContain("enter again"), 3_000);
    enter();
    await vi.waitFor(() => expect(done.filter((one) => one.startsWith("connect"))).toHaveLength(2));
    engine.close();
    tell(RoomEvent.Disconnected);
    expect(done.filter((one) => one === "enter again")).toHaveLength(1);
  });
});
