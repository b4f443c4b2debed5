import { describe, expect, test, vi } from "vitest";
import { FakeServer } from "./fakeServer";
import { LiveRoom } from "./live";
import { seeded } from "./serverLog";

const texts = (server: FakeServer) => server.log.entries.map((entry) => entry.text);

describe("a live room", () => {
  test("shows what was said, and what it says itself, once", async () => {
    const server = new FakeServer();
    const room = new LiveRoom("room", { connect: server.connect });
    room.open();
    await vi.waitFor(() => expect(room.current().state).toBe("live"));
    room.post("hello");
    expect(room.current().outbox).toHaveLength(1);
    server.broadcast(server.log.say(2));
    await vi.waitFor(() => expect(room.current().outbox).toHaveLength(0));
    await vi.waitFor(() => expect(room.current().log.entries).toEqual(server.log.entries));
    room.close();
  });

  test("keeps a refused message with its reason and sends the next one", async () => {
    const server = new FakeServer();
    server.refused.add("too much");
    const room = new LiveRoom("room", { connect: server.connect });
    room.open();
    await vi.waitFor(() => expect(room.current().state).toBe("live"));
    room.post("too much");
    room.post("short");
    await vi.waitFor(() => expect(texts(server)).toEqual(["short"]));
    expect(room.current().outbox).toMatchObject([
      { text: "too much", refusal: { code: "too-long", message: "Shorten it." } },
    ]);
    server.refused.clear();
    room.retryPost(room.current().outbox[0]?.id ?? "");
    await vi.waitFor(() => expect(texts(server)).toEqual(["short", "too much"]));
    room.close();
  });

  test("tries again by itself when the server says not now", async () => {
    const server = new FakeServer();
    server.busyPosts = 3;
    const room = new LiveRoom("room", { connect: server.connect, random: () => 0 });
    room.open();
    await vi.waitFor(() => expect(room.current().state).toBe("live"));
    room.post("first");
    room.post("second");
    await vi.waitFor(() => expect(texts(server)).toEqual(["first", "second"]));
    room.close();
  });

  test("stays away when the server takes it out of the room, and says why", async () => {
    const server = new FakeServer();
    const room = new LiveRoom("room", { connect: server.connect, random: () => 0 });
    room.open();
    await vi.waitFor(() => expect(room.current().state).toBe("live"));
    server.tell("Removed", { room: "room", code: "no-longer-here", message: "You may no longer be in this room." });
    await vi.waitFor(() =>
      expect(room.current()).toMatchObject({ state: "refused", refusal: { code: "no-longer-here" } }),
    );
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(server.attempts).toBe(1);
    room.close();
  });

  test("fetches what a lost frame carried", async () => {
    const server = new FakeServer();
    const room = new LiveRoom("room", { connect: server.connect });
    room.open();
    await vi.waitFor(() => expect(room.current().state).toBe("live"));
    server.log.say(3);
    server.broadcast(server.log.say(1));
    await vi.waitFor(() => expect(room.current().log.entries).toEqual(server.log.entries));
    room.close();
  });

  test("loses and doubles nothing while the connection breaks again and again", async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const random = seeded(seed);
      const server = new FakeServer(random);
      server.lossBeforeWrite = 0.2;
      server.lossAfterWrite = 0.2;
      const room = new LiveRoom("room", { connect: server.connect, random: () => random() * 0.002 });
      room.open();
      const written = Array.from({ length: 25 }, (_, n) => `message ${n}`);
      for (const text of written) {
        room.post(text);
        if (random() < 0.3) await new Promise((resolve) => setTimeout(resolve, 1));
        if (random() < 0.1) server.cutAll();
      }
      await vi.waitFor(() => expect(room.current().outbox).toHaveLength(0), { timeout: 5_000, interval: 2 });
      await vi.waitFor(() => expect(room.current().log.entries).toEqual(server.log.entries), {
        timeout: 5_000,
        interval: 2,
      });
      expect(texts(server), `seed ${seed}`).toEqual(written);
      room.close();
    }
  });

  test("stops for good when it is closed", async () => {
    const server = new FakeServer();
    server.reachable = false;
    const room = new LiveRoom("room", { connect: server.connect, random: () => 0 });
    room.open();
    await vi.waitFor(() => expect(server.attempts).toBeGreaterThan(2));
    room.close();
    await new Promise((resolve) => setTimeout(resolve, 5));
    const attempts = server.attempts;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(server.attempts).toBe(attempts);
    expect(room.current().state).toBe("closed");
  });
});
