import { expect, test } from "vitest";
import { seenHere, tagOf } from "./draft.ts";

test("a tag is kept as it would be read, once whatever its case, and no more than twelve", () => {
  expect(tagOf("  Incident   reviews ", [])).toBe("Incident reviews");
  expect(tagOf("incident Reviews", ["Incident reviews"])).toEqual({ problem: "already" });
  expect(tagOf("   ", [])).toEqual({ problem: "empty" });
  const twelve = Array.from({ length: 12 }, (_, i) => `tag ${i}`);
  expect(tagOf("one more", twelve)).toEqual({ problem: "enough" });
  expect(tagOf("x".repeat(60), [])).toHaveLength(40);
});

test("at an event only what was changed differs, and an empty text is a change", () => {
  const own = {
    name: "Ada",
    headline: "Numbers",
    company: "",
    about: "I count.",
    interests: ["Looms"],
    looksFor: [],
    offers: ["Notes"],
    languages: ["en"],
  };
  const seen = seenHere(own, { headline: undefined, about: "", looksFor: ["A table"], offers: undefined });
  expect(seen).toEqual({ ...own, about: "", looksFor: ["A table"] });
});
