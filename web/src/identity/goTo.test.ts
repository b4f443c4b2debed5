import { describe, expect, it } from "vitest";
import { pathHere } from "./goTo.ts";

describe("where to go after signing in", () => {
  it("is the path that was asked for", () => {
    expect(pathHere("/e/groundwork?day=2#programme")).toBe("/e/groundwork?day=2#programme");
  });

  it.each([
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "/\t/evil.example",
    "javascript:alert(1)",
    "evil.example",
    "",
    null,
    undefined,
  ])("never leads to another site: %j", (path) => {
    expect(new URL(pathHere(path), location.origin).origin).toBe(location.origin);
    expect(pathHere(path)).toMatch(/^\/(?!\/)/);
  });
});
