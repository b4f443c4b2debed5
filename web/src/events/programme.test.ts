import { describe, expect, it } from "vitest";
import { daysOf } from "./programme.ts";

const session = (id: string, startsAt: string) => ({ id, startsAt, endsAt: startsAt });

describe("a programme", () => {
  const sessions = [
    session("late", "2027-03-03T23:30:00Z"),
    session("first", "2027-03-03T09:00:00Z"),
    session("second", "2027-03-03T10:30:00Z"),
    session("beside", "2027-03-03T10:30:00.000Z"),
  ];

  it("stands in order, what begins together in one slot", () => {
    const [day] = daysOf(sessions, "Europe/London");
    expect(day?.slots.map((slot) => slot.sessions.map((s) => s.id))).toEqual([
      ["first"],
      ["second", "beside"],
      ["late"],
    ]);
  });

  it("gives a session after the visitor's midnight to the next day", () => {
    const days = daysOf(sessions, "Europe/Berlin");
    expect(days.map((day) => day.key)).toEqual(["2027-03-03", "2027-03-04"]);
    expect(days[1]?.slots[0]?.sessions[0]?.id).toBe("late");
  });

  it("has no days when there are no sessions", () => {
    expect(daysOf([], "UTC")).toEqual([]);
  });
});
