import { describe, expect, test } from "vitest";
import { changesIn, withChanges } from "./changes";
import { piecesOf } from "./chatMessages";
import { applyAlso, applyFrame, applyJoined, EMPTY_LOG } from "./log";
import { missingPins, pinsNow } from "./pins";
import { rowsOf } from "./rows";
import { ServerLog, seeded } from "./serverLog";
import { calledIn, fitting, tokenAt } from "./useMentions";
import type { Entry, MessageNow } from "./wire";

/** The server's next entry, which tells what has become of messages. */
function change(server: ServerLog, ...changes: Omit<MessageNow, "version">[]): Entry {
  const seq = server.seq + 1;
  const entry: Entry = {
    seq,
    id: `change ${seq}`,
    kind: "change",
    at: seq * 1000,
    name: "",
    role: "attendee",
    changes: changes.map((one) => ({ ...one, version: seq })),
  };
  server.entries.push(entry);
  return entry;
}

describe("what becomes of messages", () => {
  test("is shown where they stand and in what quotes them, and adds no row", () => {
    const server = new ServerLog();
    server.say(1);
    Object.assign(server.add("answer", "yes"), { quote: { message: 1, id: "1", name: "Ada", text: "message 1" } });
    let log = applyJoined(EMPTY_LOG, server.join());
    change(server, { message: 1, text: "better", editedAt: 5 });
    log = applyFrame(log, server.frameSince(2));
    expect(log.entries[0]?.text).toBe("better");
    expect(log.entries[1]?.quote?.text).toBe("better");
    change(server, { message: 1, removed: "staff" });
    log = applyFrame(log, server.frameSince(3));
    expect(log.entries[0]).toMatchObject({ text: null, now: { removed: "staff" } });
    expect(log.entries[1]?.quote?.text).toBeNull();
    const rows = rowsOf(log, []);
    expect(rows.map(({ key }) => key)).toEqual(["1", "answer"]);
  });

  test("holds for a message that comes after it was said of it", () => {
    const server = new ServerLog();
    let log = applyJoined(EMPTY_LOG, server.join());
    const left = server.add("left", "nobody was shown this");
    change(server, { message: 1, removed: "author" });
    log = applyFrame(log, { ...server.frameSince(0), entries: server.entries.slice(1), left: 1 });
    log = applyAlso(log, [left]);
    expect(log.entries[0]).toMatchObject({ id: "left", text: null });
  });

  test("is the same in whatever order, and however often, it is told", () => {
    for (let seed = 1; seed <= 200; seed++) {
      const random = seeded(seed);
      const server = new ServerLog();
      server.say(5);
      for (let n = 0; n < 20; n++) {
        const message = 1 + Math.floor(random() * 5);
        change(server, { message, text: `text ${n}`, reactions: { "👍": n }, pinned: random() < 0.5 });
      }
      const changes = changesIn(server.entries);
      const told = withChanges(server.entries, changes);
      let shuffled: readonly Entry[] = server.entries;
      for (const one of [...changes, ...changes].sort(() => random() - 0.5)) shuffled = withChanges(shuffled, [one]);
      expect(shuffled, `seed ${seed}`).toEqual(told);
    }
  });

  test("keeps the pins in step, and knows when one is missing", () => {
    const server = new ServerLog();
    server.say(2);
    change(server, { message: 2, pinned: true });
    change(server, { message: 90, pinned: true });
    const entries = withChanges(server.entries, changesIn(server.entries));
    expect(pinsNow([], entries).map(({ seq }) => seq)).toEqual([2]);
    expect(missingPins([], entries)).toBe(4);
    change(server, { message: 2, pinned: false });
    expect(pinsNow([], withChanges(server.entries, changesIn(server.entries)))).toEqual([]);
  });
});

describe("what people write", () => {
  test("is cut into links, names and the rest", () => {
    expect(piecesOf("See (https://example.org/a?b=1), @Ann Ünal and @Ann.", ["Ann", "Ann Ünal"])).toEqual([
      { text: "See (" },
      { link: "https://example.org/a?b=1" },
      { text: "), " },
      { mention: "@Ann Ünal" },
      { text: " and " },
      { mention: "@Ann" },
      { text: "." },
    ]);
    expect(piecesOf("javascript:alert(1) me@example.org", [])).toEqual([
      { text: "javascript:alert(1) me@example.org" },
    ]);
  });

  test("calls those whose names are chosen and still there", () => {
    expect(tokenAt("hello @an", 9)).toBe("an");
    expect(tokenAt("ann@example", 11)).toBeUndefined();
    const people = [
      { id: "1", name: "Bob Anders" },
      { id: "2", name: "Ann" },
    ];
    expect(fitting(people, "an").map(({ id }) => id)).toEqual(["2", "1"]);
    expect(calledIn("hi @Ann", people)).toEqual(["2"]);
  });
});
