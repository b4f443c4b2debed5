import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type FakeHub, FakeServer } from "./fakeServer";
import { LiveRoom } from "./live";
import { askAgainMs, tickets } from "./queue";
import { placeOf } from "./wire";

describe("a room with a line before it", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    sessionStorage.clear();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  async function opened(server: FakeServer): Promise<LiveRoom> {
    const room = new LiveRoom("room", { connect: server.connect, random: () => 0 });
    room.open();
    await vi.advanceTimersByTimeAsync(0);
    return room;
  }

  test("tells our place and asks again with the ticket until we are in", async () => {
    const server = new FakeServer();
    server.places.push({ place: 42, people: 300, seconds: 40 }, { place: 3, people: 280, seconds: 4 });
    const room = await opened(server);
    expect(room.current()).toMatchObject({ state: "queued", place: { place: 42, people: 300, seconds: 40 } });
    await vi.advanceTimersByTimeAsync(14_900);
    expect(server.joins).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(room.current().place).toMatchObject({ place: 3, people: 280 });
    await vi.advanceTimersByTimeAsync(4_100);
    expect(room.current()).toMatchObject({ state: "live", place: undefined });
    expect(server.joins.map(({ ticket }) => ticket)).toEqual([undefined, "ticket 42", "ticket 3"]);
    expect(server.attempts).toBe(1);
    room.close();
  });

  test("comes back with the ticket of who has been in, in every room of the event", async () => {
    const server = new FakeServer();
    server.ticket = "inside";
    const room = new LiveRoom("room", { event: "event", connect: server.connect, random: () => 0 });
    room.open();
    await vi.advanceTimersByTimeAsync(0);
    server.ticket = undefined;
    server.cutAll();
    await vi.advanceTimersByTimeAsync(10);
    room.close();
    const other = new LiveRoom("other room", { event: "event", connect: server.connect });
    other.open();
    await vi.advanceTimersByTimeAsync(0);
    expect(server.joins.map(({ ticket }) => ticket)).toEqual([undefined, "inside", "inside"]);
    other.close();
  });

  test("keeps the place over a reload", async () => {
    const server = new FakeServer();
    server.places.push({ place: 42, people: 300, seconds: 40 });
    await opened(server);
    const reloaded = new FakeServer();
    reloaded.places.push({ place: 41, people: 300, seconds: 40 });
    const room = await opened(reloaded);
    expect(reloaded.joins).toEqual([{ room: "room", ticket: "ticket 42" }]);
    room.close();
  });

  test("keeps the place over a lost connection", async () => {
    const server = new FakeServer();
    server.places.push({ place: 42, people: 300, seconds: 40 });
    const room = await opened(server);
    server.cutAll();
    await vi.advanceTimersByTimeAsync(10);
    expect(server.joins.at(-1)?.ticket).toBe("ticket 42");
    expect(room.current().state).toBe("live");
    room.close();
  });

  test("moves to another process while it waits, and stays there when it gets in", async () => {
    const server = new FakeServer();
    server.places.push({ place: 42, people: 300, seconds: 40 });
    const room = await opened(server);
    server.tell("Moving", { after: 100 });
    await vi.advanceTimersByTimeAsync(200);
    expect(room.current().state).toBe("live");
    expect(server.joins.map(({ ticket }) => ticket)).toEqual([undefined, "ticket 42"]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect([server.attempts, server.connections.size, room.current().state]).toEqual([2, 1, "live"]);
    room.close();
  });

  test("waits in the line of the process it was sent to", async () => {
    const server = new FakeServer();
    server.places.push({ place: 42, people: 300, seconds: 40 }, { place: 90, people: 90, seconds: 90 });
    const room = await opened(server);
    const first = [...server.connections][0];
    server.tell("Moving", { after: 100 });
    await vi.advanceTimersByTimeAsync(200);
    expect(room.current()).toMatchObject({ state: "queued", place: { place: 90 } });
    expect([...server.connections]).not.toContain(first);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(room.current().state).toBe("live");
    expect(server.joins.map(({ ticket }) => ticket)).toEqual([undefined, "ticket 42", "ticket 90"]);
    expect([server.attempts, server.connections.size]).toEqual([2, 1]);
    room.close();
  });

  test("finds its way when the line it was sent to is lost", async () => {
    const server = new FakeServer();
    server.places.push({ place: 42, people: 300, seconds: 40 }, { place: 90, people: 90, seconds: 90 });
    const room = await opened(server);
    server.tell("Moving", { after: 100 });
    await vi.advanceTimersByTimeAsync(200);
    server.cutAll();
    await vi.advanceTimersByTimeAsync(100);
    expect(room.current().state).toBe("live");
    expect([server.attempts, server.connections.size]).toEqual([3, 1]);
    room.close();
  });

  test("stays in the room when the process it was sent to has a line", async () => {
    const server = new FakeServer();
    const room = await opened(server);
    const first = [...server.connections][0];
    server.places.push({ place: 90, people: 90, seconds: 90 });
    server.tell("Moving", { after: 100 });
    await vi.advanceTimersByTimeAsync(20_000);
    expect(room.current().state).toBe("live");
    expect([...server.connections]).toEqual([first]);
    room.close();
  });

  test("gives the place up when the page is left", async () => {
    const server = new FakeServer();
    server.places.push({ place: 42, people: 300, seconds: 40 });
    const room = await opened(server);
    const hub = [...server.connections][0] as FakeHub;
    room.close();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(hub.sent).toEqual(["Leave"]);
    expect(tickets.of("room")).toBeUndefined();
    expect(server.joins).toHaveLength(1);
  });
});

describe("a place in line", () => {
  const said = (refusal: object) => new Error(`HubException: ${JSON.stringify(refusal)}`);

  test("is read from the refusal, with sane numbers", () => {
    const place = placeOf(said({ code: "queued", message: "", place: 0, people: -1, seconds: 2.2, ticket: "t" }));
    expect(place).toEqual({ place: 1, people: 1, seconds: 3, ticket: "t" });
    expect(placeOf(said({ code: "forbidden", message: "" }))).toBeUndefined();
    expect(placeOf(new Error("gone"))).toBeUndefined();
  });

  test("is asked for again in between one and fifteen seconds", () => {
    const after = (seconds: number) => askAgainMs({ place: 1, people: 1, seconds, ticket: "t" });
    expect([0, 3, 900].map(after)).toEqual([1_000, 3_000, 15_000]);
  });
});
