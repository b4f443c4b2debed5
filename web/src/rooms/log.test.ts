import { describe, expect, test } from "vitest";
import { applyAlso, applyFrame, applyJoined, EARLY_LIMIT, EMPTY_LOG, LOG_LIMIT, type RoomLog } from "./log";
import { ServerLog, seeded, withoutSome } from "./serverLog";
import type { Entry, Frame } from "./wire";

const numbers = (log: RoomLog) => log.entries.map((entry) => entry.seq);

describe("a room log", () => {
  test("starts with the snapshot of a first join", () => {
    const server = new ServerLog();
    server.say(3);
    const log = applyJoined(EMPTY_LOG, server.join());
    expect(numbers(log)).toEqual([1, 2, 3]);
    expect(log.seq).toBe(3);
  });

  test("applies a frame that continues it and ignores one it has seen", () => {
    const server = new ServerLog();
    const joined = applyJoined(EMPTY_LOG, server.join());
    const frame = server.say(2);
    const once = applyFrame(joined, frame);
    expect(applyFrame(once, frame)).toEqual(once);
    expect(numbers(once)).toEqual([1, 2]);
  });

  test("takes only the new part of a frame that overlaps", () => {
    const server = new ServerLog();
    const log = applyFrame(applyJoined(EMPTY_LOG, server.join()), server.say(2));
    server.say(2);
    expect(numbers(applyFrame(log, server.frameSince(1)))).toEqual([1, 2, 3, 4]);
  });

  test("asks for what is missing and then shows everything once", () => {
    const server = new ServerLog();
    const log = applyJoined(EMPTY_LOG, server.join());
    server.say(2);
    const early = server.say(1);
    const waiting = applyFrame(log, early);
    expect(waiting.gap).toBe(true);
    expect(numbers(waiting)).toEqual([]);
    const whole = applyJoined(waiting, server.join(waiting.seq));
    expect(whole.gap).toBe(false);
    expect(numbers(whole)).toEqual([1, 2, 3]);
  });

  test("keeps a frame that overtakes the answer to the join", () => {
    const server = new ServerLog();
    server.say(5);
    const answer = server.join();
    const log = applyJoined(applyFrame(EMPTY_LOG, server.say(1)), answer);
    expect(numbers(log)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(log.gap).toBe(false);
  });

  test("lets a snapshot replace what is too old to continue", () => {
    const server = new ServerLog("room", 10);
    const log = applyFrame(applyJoined(EMPTY_LOG, server.join()), server.say(3));
    server.say(300);
    const fresh = applyJoined(log, server.join(log.seq));
    expect(numbers(fresh)).toEqual(Array.from({ length: 100 }, (_, n) => n + 204));
  });

  test("follows the stage through entries and joins", () => {
    const server = new ServerLog();
    const log = applyJoined(EMPTY_LOG, { ...server.join(), stage: { state: "live", speaker: "Ada" } });
    expect(log.stage.state).toBe("live");
    const frame = server.say(1);
    const ended = {
      ...frame,
      entries: frame.entries.map((e) => ({ ...e, kind: "stage" as const, stage: { state: "ended" as const } })),
    };
    expect(applyFrame(log, ended).stage.state).toBe("ended");
  });

  test("keeps counts that a frame does not carry", () => {
    const log = applyFrame(applyJoined(EMPTY_LOG, new ServerLog().join()), {
      room: "room",
      prev: 0,
      seq: 0,
      entries: [],
      watching: 7,
      latencyMs: 1400,
    });
    expect(log).toMatchObject({ present: 1, watching: 7, latencyMs: 1400 });
  });

  test("holds a bounded number of entries and of early frames", () => {
    const server = new ServerLog("room", 100_000);
    let log = applyFrame(applyJoined(EMPTY_LOG, server.join()), server.say(LOG_LIMIT + 50));
    expect(log.entries).toHaveLength(LOG_LIMIT);
    expect(log.entries.at(-1)?.seq).toBe(LOG_LIMIT + 50);
    server.say(1);
    for (let n = 0; n < EARLY_LIMIT + 50; n++) log = applyFrame(log, server.say(1));
    expect(log.early).toHaveLength(EARLY_LIMIT);
    expect(applyJoined(log, server.join(log.seq)).seq).toBe(server.seq);
  });

  test("equals the log of the server, whatever the network drops, doubles, reorders or cuts", () => {
    for (let seed = 1; seed <= 300; seed++) {
      const random = seeded(seed);
      const server = new ServerLog("room", random() < 0.3 ? 5 : 1_000);
      let log = applyJoined(EMPTY_LOG, server.join());
      const wire: Frame[] = [];
      for (let step = 0; step < 120; step++) {
        if (random() < 0.7) wire.push(server.say(1 + Math.floor(random() * 3)));
        const roll = random();
        if (roll < 0.15) wire.shift();
        else if (roll < 0.25 && wire.length > 1) wire.reverse();
        else if (roll < 0.3) {
          wire.length = 0;
          log = applyJoined(log, server.join(log.seq));
        } else if (wire.length > 0) {
          const frame = wire[0] as Frame;
          if (random() < 0.8) wire.shift();
          log = applyFrame(log, frame);
          if (log.gap && random() < 0.6) log = applyJoined(log, server.join(log.seq));
        }
      }
      log = applyJoined(log, server.join(log.seq));
      const first = log.entries[0]?.seq ?? 1;
      expect(log.entries, `seed ${seed}`).toEqual(server.entries.slice(first - 1));
      expect(log.seq, `seed ${seed}`).toBe(server.seq);
    }
  });

  test("is at the number of a frame that left entries out, even all of them", () => {
    const server = new ServerLog();
    const log = applyJoined(EMPTY_LOG, server.join());
    const some = applyFrame(
      log,
      withoutSome(server.say(4), ({ seq }) => seq !== 3),
    );
    expect([numbers(some), some.seq]).toEqual([[3], 4]);
    const none = applyFrame(
      some,
      withoutSome(server.say(2), () => true),
    );
    expect([numbers(none), none.seq, none.gap]).toEqual([[3], 6, false]);
    expect(numbers(applyFrame(none, server.say(1)))).toEqual([3, 7]);
  });

  test("puts what it was spared in at its number, once, whenever it comes", () => {
    const server = new ServerLog();
    let log = applyJoined(EMPTY_LOG, server.join());
    const frame = withoutSome(server.say(5), ({ seq }) => seq % 2 === 0);
    const [, second, , fourth] = server.entries as [Entry, Entry, Entry, Entry];
    log = applyAlso(log, [fourth]);
    expect(numbers(log)).toEqual([]);
    log = applyFrame(log, frame);
    expect(numbers(log)).toEqual([1, 3, 4, 5]);
    log = applyAlso(applyAlso(log, [second, second]), [fourth]);
    expect(numbers(log)).toEqual([1, 2, 3, 4, 5]);
  });

  test("takes an entry older than all it shows, but never holds more than its limit", () => {
    const server = new ServerLog("room", 10);
    server.say(150);
    let log = applyJoined(EMPTY_LOG, server.join());
    log = applyAlso(log, server.entries.slice(9, 10));
    expect(numbers(log).slice(0, 2)).toEqual([10, 51]);
    log = applyFrame(log, server.say(LOG_LIMIT));
    log = applyAlso(log, server.entries.slice(0, 1));
    expect(log.entries).toHaveLength(LOG_LIMIT);
    expect(log.entries[0]?.seq).toBe(151);
  });

  test("keeps what it holds when another process answers a join with less", () => {
    const server = new ServerLog();
    const log = applyFrame(applyJoined(EMPTY_LOG, server.join()), server.say(5));
    const behind = applyJoined(log, server.join(log.seq, 3));
    expect([numbers(behind), behind.seq]).toEqual([[1, 2, 3, 4, 5], 5]);
    const other = new ServerLog();
    other.add("another log", "after a restore");
    expect(numbers(applyJoined(log, other.join(log.seq)))).toEqual([1]);
  });

  test("comes to the order of the server over two connections, whatever each of them leaves out, repeats or loses", () => {
    for (let seed = 1; seed <= 300; seed++) {
      const random = seeded(seed);
      const server = new ServerLog("room", random() < 0.3 ? 8 : 1_000);
      const processes = [new Process(server, random), new Process(server, random)];
      const told = new Set<Entry>();
      let log = applyJoined(EMPTY_LOG, server.join());
      const take = ({ frame, also }: Message) => {
        if (frame) {
          for (const entry of frame.entries) if (log.seq === frame.prev) told.add(entry);
          log = applyFrame(log, frame);
        } else if (also) {
          for (const entry of also) told.add(entry);
          log = applyAlso(log, also);
        }
      };
      const join = (seq: number) => {
        log = applyJoined(log, server.join(log.seq, seq));
        // A snapshot replaces what was held; only what came since must be there.
        for (const entry of told) if (entry.seq <= log.snapshot || (log.seq ?? 0) < entry.seq) told.delete(entry);
      };
      for (let step = 0; step < 150; step++) {
        const process = processes[random() < 0.5 ? 0 : 1] as Process;
        const roll = random();
        if (roll < 0.4) server.say(1 + Math.floor(random() * 4));
        else if (roll < 0.6) process.tick();
        else if (roll < 0.65) process.wire.length = 0;
        else if (roll < 0.7) process.wire.reverse();
        else if (roll < 0.8 || log.gap) join(process.seq);
        else if (process.wire[0]) take((random() < 0.8 ? process.wire.shift() : process.wire[0]) as Message);
      }
      for (const process of processes) process.tick();
      for (const message of processes.flatMap(({ wire }) => wire)) take(message);
      join(server.seq);
      expect(log.seq, `seed ${seed}`).toBe(server.seq);
      expect(log.entries, `seed ${seed}`).toEqual(server.entries.filter((entry) => log.entries.includes(entry)));
      const missing = [...told].filter((entry) => !log.entries.includes(entry));
      expect(missing, `seed ${seed}`).toEqual([]);
    }
  });
});

interface Message {
  frame?: Frame;
  also?: Entry[];
}

/** One of several processes that pass a room's log on, each as far as it has heard, each leaving out what it likes. */
class Process {
  seq = 0;
  readonly wire: Message[] = [];

  private readonly server: ServerLog;
  private readonly random: () => number;

  constructor(server: ServerLog, random: () => number) {
    this.server = server;
    this.random = random;
  }

  tick() {
    const whole = this.server.frameSince(this.seq);
    this.seq = this.server.seq;
    const frame = withoutSome(whole, () => this.random() < 0.5);
    const also = whole.entries.filter((entry) => !frame.entries.includes(entry) && this.random() < 0.3);
    this.wire.push({ frame });
    if (also.length > 0) this.wire.push({ also });
  }
}
