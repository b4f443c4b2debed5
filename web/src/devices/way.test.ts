import { describe, expect, it } from "vitest";
import { wayOf } from "./way.ts";

describe("the way out of a network", () => {
  it("is open when others see our address", () => {
    expect(wayOf(new Set(["host", "srflx"]), false)).toBe("direct");
    expect(wayOf(new Set(["host", "srflx", "relay"]), true)).toBe("direct");
  });

  it("goes over the relay when only that answers", () => {
    expect(wayOf(new Set(["host", "relay"]), true)).toBe("relay");
  });

  it("ends at the network's edge when there is no relay to ask", () => {
    expect(wayOf(new Set(["host"]), false)).toBe("local");
  });

  it("is blocked when the relay does not answer, or nothing is there at all", () => {
    expect(wayOf(new Set(["host"]), true)).toBe("blocked");
    expect(wayOf(new Set(), false)).toBe("blocked");
  });
});
