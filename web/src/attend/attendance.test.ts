import { afterEach, describe, expect, test, vi } from "vitest";
import type { Hub } from "../rooms/hub.ts";
import { Attendance } from "./attendance.ts";
import { OwnLine } from "./ownLine.ts";
import { forgetTime, heardTime, serverNow } from "./serverTime.ts";

/** A live hub in memory that lets anybody attend. */
class FakeHub {
  static all: FakeHub[] = [];
  static refusal: string | undefined;
  readonly asked: string[] = [];
  up = false;
  private readonly handlers = new Map<string, (message: unknown) => void>();
  private closed: () => void = () => undefined;

  constructor() {
    FakeHub.all.push(this);
  }
  async start() {
    this.up = true;
  }
  async stop() {
    this.cut();
  }
  cut() {
    if (!this.up) return;
    this.up = false;
    this.closed();
  }
  async invoke(method: string) {
    if (!this.up) throw new Error("not connected");
    this.asked.push(method);
    if (method === "Now") return 1_000;
    if (FakeHub.refusal) throw new Error(`HubException: {"code":"${FakeHub.refusal}","message":"No."}`);
    return { event: "e", person: "ada", at: 1_000 };
  }
  async send() {}
  on(method: string, handler: (message: unknown) => void) {
    this.handlers.set(method, handler);
  }
  onclose(handler: () => void) {
    this.closed = handler;
  }
  tell(method: string, message: unknown) {
    this.handlers.get(method)?.(message);
  }
}

const connect = () => new FakeHub() as unknown as Hub;
const last = () => FakeHub.all.at(-1) as FakeHub;

function arrange() {
  const line = new OwnLine({ connect, random: () => 0 });
  const attendance = new Attendance("e", () => 0);
  attendance.use(line);
  line.open();
  return { line, attendance };
}

afterEach(() => {
  FakeHub.all = [];
  FakeHub.refusal = undefined;
  forgetTime();
});

describe("attendance", () => {
  test("is told what is about its event, and asks again after every connection", async () => {
    const { line, attendance } = arrange();
    const told: unknown[] = [];
    let returns = 0;
    attendance.onTold("party", (data) => told.push(data));
    attendance.onReturn(() => returns++);
    await vi.waitFor(() => expect(attendance.current()).toMatchObject({ state: "attending", person: "ada" }));
    expect(returns).toBe(1);
    last().tell("Told", { event: "e", about: "party", data: '{"round":1}' });
    last().tell("Told", { event: "other", about: "party", data: '{"round":2}' });
    last().tell("Told", { event: "e", about: "ring", data: "{}" });
    last().tell("Told", { event: "e", about: "party", data: "no json" });
    expect(told).toEqual([{ round: 1 }]);

    const shown: string[] = [];
    attendance.subscribe(() => shown.push(attendance.current().state));
    last().cut();
    await vi.waitFor(() => expect(returns).toBe(2));
    expect(FakeHub.all).toHaveLength(2);
    expect(shown).toEqual(["reconnecting", "attending"]);
    last().tell("Told", { event: "e", about: "party", data: '{"round":3}' });
    expect(told).toEqual([{ round: 1 }, { round: 3 }]);
    line.close();
  });

  test("moves to another process before the first one is lost", async () => {
    const { line, attendance } = arrange();
    let returns = 0;
    attendance.onReturn(() => returns++);
    await vi.waitFor(() => expect(returns).toBe(1));
    const first = last();
    first.tell("Moving", { after: 0 });
    await vi.waitFor(() => expect(returns).toBe(2));
    expect(first.up).toBe(false);
    expect(last().up).toBe(true);
    line.close();
    expect(last().up).toBe(false);
  });

  test("stays away when the server says that it is not of the event", async () => {
    FakeHub.refusal = "not-found";
    const { line, attendance } = arrange();
    await vi.waitFor(() => expect(attendance.current().state).toBe("refused"));
    expect(last().asked).toEqual(["Attend"]);
    line.close();
  });

  test("goes over a room's connection when there is one, and back", async () => {
    const { line, attendance } = arrange();
    await vi.waitFor(() => expect(attendance.current().state).toBe("attending"));
    const room = new OwnLine({ connect, random: () => 0 });
    room.open();
    attendance.use(room);
    await vi.waitFor(() => expect(attendance.current().state).toBe("attending"));
    expect(last().asked[0]).toBe("Attend");
    attendance.use(undefined);
    expect(attendance.current().state).toBe("reconnecting");
    line.close();
    room.close();
  });
});

describe("the server's time", () => {
  test("is what the quickest answer said", () => {
    heardTime(50_000, 0, 100);
    expect(serverNow() - performance.now()).toBeCloseTo(50_050 - 100, 0);
    heardTime(90_000, 200, 1_000);
    expect(serverNow() - performance.now()).toBeCloseTo(50_050 - 100, 0);
    heardTime(52_000, 2_000, 2_010);
    expect(serverNow() - performance.now()).toBeCloseTo(52_005 - 2_010, 0);
  });
});
