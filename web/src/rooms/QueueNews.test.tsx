import { act, cleanup, render } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { lineAround } from "./hall";
import { QueueNews } from "./QueueNews";

const at = (place: number) => ({ place, people: 300, seconds: 40, ticket: "t" });

describe("news from the line", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    cleanup();
    vi.useRealTimers();
  });

  test("are told at once, then every fifteen seconds at most, and when we are in", () => {
    const { rerender, getByRole } = render(<QueueNews place={undefined} />);
    const pass = (ms: number) => act(() => vi.advanceTimersByTime(ms));
    const news = () => getByRole("status").textContent;
    pass(0);
    expect(news()).toBe("");
    rerender(<QueueNews place={at(42)} />);
    pass(0);
    expect(news()).toBe("You are number 42 of 300 in line. About 40 seconds.");
    for (let place = 41; place > 30; place--) {
      rerender(<QueueNews place={at(place)} />);
      pass(1_000);
      expect(news()).toContain("number 42");
    }
    pass(4_000);
    expect(news()).toContain("number 31");
    rerender(<QueueNews place={undefined} />);
    pass(0);
    expect(news()).toBe("You are in.");
  });
});

describe("the drawing of the line", () => {
  test("shows each person, and in a long line one seat for several", () => {
    const few = lineAround({ place: 3, people: 7 });
    expect([few.before.length, few.after.length]).toEqual([2, 4]);
    const many = lineAround({ place: 20_000, people: 20_000 });
    expect(many.before.length).toBeGreaterThan(50);
    expect(many.after).toEqual([]);
    expect(many.you).toBeDefined();
  });
});
