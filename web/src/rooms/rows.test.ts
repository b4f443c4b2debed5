import { describe, expect, test } from "vitest";
import { applyAlso, applyFrame, applyJoined, EMPTY_LOG, type RoomLog } from "./log";
import { type Row, rowsOf } from "./rows";
import { ServerLog, withoutSome } from "./serverLog";
import type { Entry } from "./wire";

/** What a reader sees: numbers of messages, and in brackets how many are missing; `!` while it goes on. */
const seen = (log: RoomLog) =>
  rowsOf(log, [])
    .map((row: Row) =>
      "entry" in row ? row.entry.seq : "left" in row ? `[${row.left.count}${row.left.now ? "!" : ""}]` : "",
    )
    .join(" ");

describe("the rows of a chat", () => {
  const joined = (server: ServerLog) => applyJoined(EMPTY_LOG, server.join());

  test("say nothing is missing while nothing was left out, whatever the snapshot lacks", () => {
    const server = new ServerLog();
    server.say(5);
    const snapshot = server.join();
    const log = applyJoined(EMPTY_LOG, { ...snapshot, entries: snapshot.entries.filter(({ seq }) => seq !== 3) });
    expect(seen(applyFrame(log, server.say(1)))).toBe("1 2 4 5 6");
    expect(seen(applyAlso(log, server.entries.slice(2, 3)))).toBe("1 2 3 4 5");
  });

  test("leave out whom the reader blocks, without a word about it, unless they speak for the event", () => {
    const server = new ServerLog();
    const log = applyFrame(joined(server), server.say(4));
    const people = log.entries.map((entry, index) => ({
      ...entry,
      person: `p${index % 2}`,
      role: "attendee" as const,
    }));
    const rows = (entries: readonly Entry[]) => rowsOf({ ...log, entries }, [], new Set(["p1"])).map((row) => row.key);
    expect(rows(people)).toEqual([people[0]?.id, people[2]?.id]);
    expect(rows(people.map((entry) => ({ ...entry, role: "moderator" as const })))).toHaveLength(4);
  });

  test("sum up what is missing in one line, at the latest place", () => {
    const server = new ServerLog();
    const odd = ({ seq }: Entry) => seq % 2 === 1;
    let log = applyFrame(joined(server), withoutSome(server.say(4), odd));
    expect(seen(log)).toBe("2 [2!] 4");
    log = applyFrame(log, withoutSome(server.say(3), odd));
    expect(seen(log)).toBe("2 4 6 [4!]");
    const key = (row: Row | undefined) => row?.key;
    expect(key(rowsOf(log, []).at(-1))).toBe("left-1");
    expect(seen(applyFrame(log, server.say(2)))).toBe("2 4 6 [4!] 8 9");
  });

  test("say it anew later, and leave the line where it was when the room is calm again", () => {
    const server = new ServerLog();
    const some = ({ seq }: Entry) => seq === 2 || seq === 38;
    let log = applyFrame(joined(server), withoutSome(server.say(40), some));
    expect(seen(log).replace(/(\d+ )+/g, "… ")).toBe("… [1] … [1!] … 40");
    log = applyFrame(log, server.say(60));
    expect(seen(log)).not.toContain("!");
  });

  test("forget the line when the missing ones come", () => {
    const server = new ServerLog();
    const log = applyFrame(
      joined(server),
      withoutSome(server.say(3), ({ seq }) => seq === 2),
    );
    expect(seen(applyAlso(log, server.entries.slice(1, 2)))).toBe("1 2 3");
  });

  test("count all of a frame that shows nothing", () => {
    const server = new ServerLog();
    expect(
      seen(
        applyFrame(
          joined(server),
          withoutSome(server.say(3), () => true),
        ),
      ),
    ).toBe("[3!]");
  });
});
