import { describe, expect, test, vi } from "vitest";
import type { RoomLine } from "../rooms/live";
import { Call, PLACE_EVERY_MS } from "./call";
import type { CallEngine, EngineHost } from "./engine";
import type { Entered, PeerInfo } from "./wire";

const refusal = (code: string) => new Error(`HubException: {"code":"${code}","message":"no"}`);

const peer = (id: string, more: Partial<PeerInfo> = {}): PeerInfo => ({
  peer: id,
  person: `p-${id}`,
  name: id,
  role: "speaker",
  publishes: true,
  tracks: [{ id: "t", kind: "camera", muted: false }],
  silenced: false,
  mayPublish: true,
  ...more,
});

/** A hub that lets in whoever asks, and an engine that only notes what it is told. */
class Lab implements RoomLine, CallEngine {
  readonly room = "room";
  readonly asked: { method: string; argument: Record<string, unknown> }[] = [];
  readonly told: string[] = [];
  refuse: Error[] = [];
  entered_: Partial<Entered> = {};
  host: EngineHost | undefined;
  private readonly hearers = new Map<string, (message: never) => void>();
  private line: (joined: boolean) => void = () => undefined;

  async invoke<T>(method: string, argument: unknown): Promise<T> {
    this.asked.push({ method, argument: argument as Record<string, unknown> });
    if (method !== "EnterCall") return undefined as T;
    const no = this.refuse.shift();
    if (no) throw no;
    const { peer: me, publish } = argument as { peer: string; publish: boolean };
    return {
      room: "room",
      engine: "mesh",
      peer: me,
      mayPublish: true,
      publishes: publish,
      resumed: false,
      ice: [],
      version: 1,
      peers: [peer(me, { publishes: publish }), peer("other")],
      most: 6,
      relayOnly: false,
      ...this.entered_,
    } as T;
  }

  hear<T>(method: string, listener: (message: T) => void) {
    this.hearers.set(method, listener as (message: never) => void);
    return () => this.hearers.delete(method);
  }

  onLine(listener: (joined: boolean) => void) {
    this.line = listener;
    listener(true);
    return () => undefined;
  }

  onOver = () => () => undefined;

  tell(method: string, message: object) {
    this.hearers.get(method)?.({ room: "room", ...message } as never);
  }

  lose() {
    this.line(false);
  }

  rejoin() {
    this.line(true);
  }

  entered = (entered: Entered) => void this.told.push(`entered ${entered.resumed}`);
  peersChanged = () => void this.told.push("peers");
  sourcesChanged = () => void this.told.push("sources");
  signalled = ({ data }: { data: string }) => void this.told.push(data);
  close = () => void this.told.push("close");

  async enter(publish = true): Promise<Call> {
    const call = new Call(this, {
      publish,
      random: () => 0,
      engine: async () => (host) => {
        this.host = host;
        return this;
      },
    });
    call.open();
    await vi.waitFor(() => expect(call.current().state).toBe("in"));
    return call;
  }

  entries() {
    return this.asked.filter(({ method }) => method === "EnterCall").map(({ argument }) => argument);
  }
}

describe("a call", () => {
  test("shows the newest list, whatever order lists come in", async () => {
    const lab = new Lab();
    const call = await lab.enter();
    lab.tell("CallPeers", { version: 5, peers: [peer(call.me), peer("new")] });
    lab.tell("CallPeers", { version: 4, peers: [peer("old")] });
    expect(call.current().peers.map((one) => one.peer)).toEqual(["new"]);
    call.close();
    expect(lab.told.at(-1)).toBe("close");
    expect(lab.asked.at(-1)?.method).toBe("LeaveCall");
  });

  test("plays nothing of who does not publish, and no voice of who is silenced", async () => {
    const lab = new Lab();
    const call = await lab.enter();
    const [camera, voice] = [{}, {}] as MediaStream[];
    const tracks = [
      { id: "a", kind: "camera" as const, muted: false },
      { id: "b", kind: "microphone" as const, muted: false },
    ];
    const streams = new Map([
      ["camera" as const, camera as MediaStream],
      ["microphone" as const, voice as MediaStream],
    ]);
    lab.host?.show("other", { link: "connected", streams });
    const arrives = () => call.current().peers[0]?.tracks.map(({ stream }) => stream);
    lab.tell("CallPeers", { version: 2, peers: [peer("other", { tracks })] });
    expect(arrives()).toEqual([camera, voice]);
    lab.tell("CallPeers", { version: 3, peers: [peer("other", { tracks, silenced: true })] });
    expect(arrives()).toEqual([camera, undefined]);
    lab.tell("CallPeers", { version: 4, peers: [peer("other", { tracks, publishes: false })] });
    expect(arrives()).toEqual([undefined, undefined]);
    call.close();
  });

  test("sends nothing from the moment it may not, and again when it may", async () => {
    const lab = new Lab();
    const call = await lab.enter();
    const track = { enabled: true } as MediaStreamTrack;
    call.send("microphone", { getTracks: () => [track] } as MediaStream);
    expect(lab.host?.sources().size).toBe(1);
    lab.tell("CallPeers", { version: 2, peers: [peer(call.me, { publishes: false, mayPublish: false })] });
    expect(lab.host?.sources().size).toBe(0);
    lab.tell("CallPeers", { version: 3, peers: [peer(call.me, { silenced: true })] });
    expect(lab.host?.sources().size).toBe(1);
    expect(track.enabled).toBe(false);
    lab.tell("CallPeers", { version: 4, peers: [peer(call.me)] });
    expect(track.enabled).toBe(true);
    call.mute("microphone", true);
    expect(track.enabled).toBe(false);
    await vi.waitFor(() =>
      expect(lab.asked.at(-1)?.argument["data"]).toMatch(
        /^\{"tracks":\[\{"id":"[^"]+","kind":"microphone","muted":true\}\]\}$/,
      ),
    );
    call.close();
  });

  test("enters again as the same peer over a new connection, and as a new one when its stay is over", async () => {
    const lab = new Lab();
    const call = await lab.enter();
    const { me } = call;
    lab.lose();
    expect(call.current().state).toBe("reconnecting");
    lab.entered_ = { resumed: true };
    lab.rejoin();
    await vi.waitFor(() => expect(lab.told).toContain("entered true"));
    lab.refuse = [new Error("lost"), refusal("peer-over")];
    lab.rejoin();
    await vi.waitFor(() => expect(lab.entries()).toHaveLength(5));
    expect(lab.entries().map((one) => one["peer"] === me)).toEqual([true, true, true, true, false]);
    call.close();
  });

  test("watches while there is no place, and takes one that is made", async () => {
    const lab = new Lab();
    lab.refuse = [refusal("stage-full")];
    lab.entered_ = { most: 2, peers: [peer("a"), peer("b")] };
    const call = await lab.enter();
    expect(call.current()).toMatchObject({ full: true, publishes: false });
    await new Promise((resolve) => setTimeout(resolve, PLACE_EVERY_MS + 100));
    expect(lab.entries().map((one) => one["publish"])).toEqual([true, false]);
    lab.tell("CallPeers", { version: 2, peers: [peer(call.me, { publishes: false }), peer("a")] });
    await vi.waitFor(
      () => expect(lab.entries().map((one) => one["publish"])).toEqual([true, false, true]),
      2 * PLACE_EVERY_MS,
    );
    call.close();
  });

  test("hears what is said before its engine stands, in order", async () => {
    const lab = new Lab();
    const opening = lab.enter();
    for (const data of ["1", "2"]) lab.tell("CallSignal", { from: "other", kind: "offer", data });
    const call = await opening;
    lab.tell("CallSignal", { from: "other", kind: "offer", data: "3" });
    expect(lab.told.filter((one) => /^\d$/.test(one))).toEqual(["1", "2", "3"]);
    call.close();
  });

  test("is over when it was put out, and says why", async () => {
    const lab = new Lab();
    const call = await lab.enter();
    lab.tell("CallEnded", { code: "removed-from-call", message: "Out." });
    expect(call.current()).toMatchObject({ state: "over", refusal: { code: "removed-from-call" } });
    expect(lab.told.at(-1)).toBe("close");
    lab.rejoin();
    expect(lab.entries()).toHaveLength(1);
  });
});
