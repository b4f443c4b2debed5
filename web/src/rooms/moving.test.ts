import { describe, expect, test, vi } from "vitest";
import { type FakeHub, FakeServer } from "./fakeServer";
import { siblingOf } from "./hub";
import { LiveRoom } from "./live";
import { seeded } from "./serverLog";

const here = location.origin;
const only = (server: FakeServer) => [...server.connections][0] as FakeHub;

async function opened(server: FakeServer, random: () => number = () => 0): Promise<LiveRoom> {
  const room = new LiveRoom("room", { connect: server.connect, random });
  room.open();
  await vi.waitFor(() => expect(room.current().state).toBe("live"));
  return room;
}

describe("a room that moves to another process", () => {
  test("is there before it leaves, and misses nothing", async () => {
    const server = new FakeServer();
    const room = await opened(server);
    const states = new Set<string>();
    room.subscribe(() => states.add(room.current().state));
    server.broadcast(server.log.say(2));
    let most = 0;
    room.subscribe(() => {
      most = Math.max(most, server.connections.size);
    });
    server.tell("Moving", { to: here, after: 5 });
    await vi.waitFor(() => expect(only(server).origin).toBe(here));
    await vi.waitFor(() => expect(server.connections.size).toBe(1));
    server.broadcast(server.log.say(2));
    await vi.waitFor(() => expect(room.current().log.entries).toEqual(server.log.entries));
    expect(most).toBe(2);
    expect([...states]).toEqual(["live"]);
    expect(server.joins.at(-1)).toEqual({ room: "room", after: 2 });
    room.close();
  });

  test("waits as long as it was told", async () => {
    vi.useFakeTimers();
    const server = new FakeServer();
    const room = new LiveRoom("room", { connect: server.connect });
    room.open();
    await vi.advanceTimersByTimeAsync(0);
    server.tell("Moving", { after: 20_000 });
    await vi.advanceTimersByTimeAsync(19_900);
    expect(server.attempts).toBe(1);
    await vi.advanceTimersByTimeAsync(200);
    expect([server.attempts, server.connections.size]).toEqual([2, 1]);
    room.close();
    vi.useRealTimers();
  });

  test("tries the usual address when it does not get there, and holds on to what works", async () => {
    const server = new FakeServer();
    server.unreachable.add(here);
    const room = await opened(server);
    const first = only(server);
    server.tell("Moving", { to: here, after: 0 });
    await vi.waitFor(() => expect(only(server)).not.toBe(first));
    expect(only(server).origin).toBeUndefined();
    expect(room.current().state).toBe("live");
    room.close();
  });

  test("comes back the usual way when the old process is gone too soon", async () => {
    const server = new FakeServer();
    const room = await opened(server);
    server.tell("Moving", { to: here, after: 60_000 });
    await Promise.resolve();
    server.cutAll();
    server.log.say(3);
    await vi.waitFor(() => expect(room.current().log.entries).toEqual(server.log.entries));
    expect(only(server).origin).toBeUndefined();
    room.close();
  });

  test("counts reactions once while it has two connections", async () => {
    const server = new FakeServer();
    const room = await opened(server);
    const counts: number[] = [];
    room.onReactions(({ clap }) => counts.push(clap ?? 0));
    server.tell("Moving", { after: 0 });
    await vi.waitFor(() => expect(server.attempts).toBe(2));
    server.broadcast({ ...server.log.frameSince(server.log.seq), reactions: { clap: 3 } });
    await vi.waitFor(() => expect(server.connections.size).toBe(1));
    expect(counts).toEqual([3]);
    room.close();
  });

  test("loses and doubles no message that is written while it moves again and again", async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const random = seeded(seed);
      const server = new FakeServer(random);
      server.lossAfterWrite = 0.1;
      server.leaves = () => random() < 0.5;
      const room = new LiveRoom("room", { connect: server.connect, random: () => random() * 0.002 });
      room.open();
      const written = Array.from({ length: 25 }, (_, n) => `message ${n}`);
      for (const text of written) {
        room.post(text);
        if (random() < 0.4) server.tell("Moving", { to: random() < 0.5 ? here : undefined, after: random() * 2 });
        if (random() < 0.4) await new Promise((resolve) => setTimeout(resolve, 1));
      }
      const within = { timeout: 5_000, interval: 2 };
      await vi.waitFor(() => expect(room.current().outbox).toHaveLength(0), within);
      await vi.waitFor(() => expect(room.current().log.entries).toEqual(server.log.entries), within);
      expect(
        server.log.entries.map((entry) => entry.text),
        `seed ${seed}`,
      ).toEqual(written);
      room.close();
    }
  });

  test("shows its own message that the frame left out, once", async () => {
    const server = new FakeServer();
    server.leaves = ({ kind }) => kind === "chat";
    const room = await opened(server);
    server.broadcast(server.log.say(2));
    room.post("mine");
    await vi.waitFor(() => expect(room.current().outbox).toHaveLength(0));
    await vi.waitFor(() => expect(room.current().log.seq).toBe(3));
    expect(room.current().log.entries).toEqual([server.log.entries[2]]);
    server.tell("Also", { room: "room", entries: [server.log.entries[2], server.log.entries[0]] });
    await vi.waitFor(() => expect(room.current().log.entries.map(({ seq }) => seq)).toEqual([1, 3]));
    room.close();
  });
});

describe("the way to another process", () => {
  test.each([
    ["https://live.example.org", "https://live.example.org"],
    ["https://live.example.org:8443", "https://live.example.org:8443"],
    ["wss://live.example.org:8443/live", "https://live.example.org:8443"],
    ["https://two.live.example.org", "https://two.live.example.org"],
  ])("leads to %s, which is of this site", (to, origin) => {
    expect(siblingOf(to, "https://live.example.org/e/summit/rooms/main")).toBe(origin);
  });

  test.each([
    "https://example.org",
    "https://evil-live.example.org",
    "https://live.example.org.evil.test",
    "https://evil.test/live.example.org",
    "https://someone@live.example.org",
    "http://live.example.org",
    "ws://live.example.org",
    "javascript:alert(1)",
    "/elsewhere",
    "",
    undefined,
  ])("never leads to %s", (to) => {
    expect(siblingOf(to, "https://live.example.org/e/summit/rooms/main")).toBeUndefined();
  });

  test("may be open where the page is", () => {
    expect(siblingOf("ws://localhost:5001", "http://localhost:5000/")).toBe("http://localhost:5001");
  });
});
