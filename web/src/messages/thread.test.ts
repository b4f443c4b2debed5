import { describe, expect, test } from "vitest";
import { type Message, merged, seenBy, unreadTo, waiting } from "./thread.ts";

const said = (number: number, person = "ada"): Message => ({
  id: `m${number}`,
  conversation: "c",
  number,
  person,
  text: `line ${number}`,
  at: "2027-03-03T12:00:00Z",
  files: [],
});

describe("a conversation", () => {
  test("holds each message once and in order, however it came", () => {
    const log = merged([said(1), said(3)], [said(2), said(3), said(4)]);
    expect(log.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
  });

  test("shows as on its way only what the server has not kept", () => {
    const out = [
      { id: "m2", text: "line 2", files: [] },
      { id: "new", text: "new", files: [] },
    ];
    expect(waiting(out, [said(1), said(2)]).map(({ id }) => id)).toEqual(["new"]);
  });

  test("is read up to what others said last", () => {
    const log = [said(1, "ben"), said(2, "ben"), said(3, "ada")];
    expect(unreadTo(log, "ada", 0)).toBe(2);
    expect(unreadTo(log, "ada", 2)).toBeUndefined();
  });

  test("is seen by those who have read one's last word", () => {
    const members = [
      { readTo: 3, card: { person: "ben" } },
      { readTo: 1, card: { person: "cai" } },
      { readTo: 3, card: { person: "ada" } },
    ];
    expect(seenBy([said(2, "ben"), said(3)], members, "ada").map(({ card }) => card.person)).toEqual(["ben"]);
    expect(seenBy([said(3), said(4, "ben")], members, "ada")).toEqual([]);
  });
});
