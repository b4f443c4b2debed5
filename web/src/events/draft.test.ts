import { describe, expect, it } from "vitest";
import { changedFields, mergeDraft } from "./draft.ts";

const saved = { name: "Groundwork", tagline: "Two days", slug: "groundwork" };

describe("two organizers editing one page", () => {
  it("keep both changes when they touched different fields", () => {
    const merged = mergeDraft(saved, { ...saved, tagline: "Mine" }, { ...saved, name: "Theirs" });
    expect(merged).toEqual({ values: { name: "Theirs", tagline: "Mine", slug: "groundwork" }, contested: [] });
  });

  it("see mine, and hear of theirs, when they touched the same field", () => {
    const merged = mergeDraft(saved, { ...saved, name: "Mine" }, { ...saved, name: "Theirs" });
    expect(merged.values.name).toBe("Mine");
    expect(merged.contested).toEqual(["name"]);
  });

  it("have nothing to settle when they typed the same", () => {
    expect(mergeDraft(saved, { ...saved, name: "Same" }, { ...saved, name: "Same" }).contested).toEqual([]);
  });

  it("know which fields changed", () => {
    expect(changedFields(saved, { ...saved, slug: "other" })).toEqual(["slug"]);
  });
});
