import { describe, expect, it } from "vitest";
import type { PlacedSession } from "./conflicts.ts";
import { agendaDays, layOutDay, sessionsOfDay } from "./timeGrid.ts";

const zone = "Europe/Berlin";
function session(id: string, startsAt: string, endsAt: string, room = "main"): PlacedSession {
  return { id, title: id, startsAt, endsAt, room: { id: room, name: room }, speakers: [] };
}

describe("the days of an agenda", () => {
  it("are those of the event’s zone, not of the organizer’s browser", () => {
    const event = { startsAt: "2027-03-02T23:30:00Z", endsAt: "2027-03-04T16:00:00Z" };
    expect(agendaDays(event, [], zone)).toEqual(["2027-03-03", "2027-03-04"]);
  });

  it("do not count the day an event ends in at midnight", () => {
    expect(agendaDays({ startsAt: "2027-03-03T08:00:00Z", endsAt: "2027-03-03T23:00:00Z" }, [], zone)).toEqual([
      "2027-03-03",
    ]);
  });

  it("include a day a session strayed to, so it is never invisible", () => {
    const event = { startsAt: "2027-03-03T08:00:00Z", endsAt: "2027-03-03T16:00:00Z" };
    const stray = session("stray", "2027-03-09T09:00:00Z", "2027-03-09T10:00:00Z");
    expect(agendaDays(event, [stray], zone)).toEqual(["2027-03-03", "2027-03-09"]);
    expect(sessionsOfDay([stray], "2027-03-09", zone)).toEqual([stray]);
  });
});

describe("the grid of a day", () => {
  it("runs over full hours around its sessions", () => {
    const grid = layOutDay([session("a", "2027-03-03T08:20:00Z", "2027-03-03T09:10:00Z")], "2027-03-03", zone);
    expect(grid).toMatchObject({ from: 9 * 60, minutes: 120, blocks: [{ at: 20, minutes: 50, lane: 0, lanes: 1 }] });
  });

  it("shows working hours while it is empty", () => {
    expect(layOutDay([], "2027-03-03", zone)).toEqual({ from: 540, minutes: 480, blocks: [] });
  });

  it("puts sessions that meet in one room side by side, and only those", () => {
    const grid = layOutDay(
      [
        session("a", "2027-03-03T08:00:00Z", "2027-03-03T09:00:00Z"),
        session("b", "2027-03-03T08:30:00Z", "2027-03-03T09:30:00Z"),
        session("c", "2027-03-03T09:00:00Z", "2027-03-03T10:00:00Z"),
        session("d", "2027-03-03T10:00:00Z", "2027-03-03T11:00:00Z"),
        session("e", "2027-03-03T08:00:00Z", "2027-03-03T09:00:00Z", "workshop"),
      ],
      "2027-03-03",
      zone,
    );
    const lanes = Object.fromEntries(grid.blocks.map((block) => [block.session.id, `${block.lane}/${block.lanes}`]));
    expect(lanes).toEqual({ a: "0/2", b: "1/2", c: "0/2", d: "0/1", e: "0/1" });
  });
});
