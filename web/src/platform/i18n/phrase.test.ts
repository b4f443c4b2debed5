import { describe, expect, it } from "vitest";
import { phrase } from "./phrase.ts";

const words = {
  hello: "Good to see you, {{name}}",
  places_zero: "Sold out",
  places_one: "{{count, number}} place left",
  places_other: "{{count, number}} places left",
  room: { kind: { STAGE: "Stage" } },
};

describe("a phrase", () => {
  it("takes its values", () => {
    expect(phrase(words, "en", "hello", { name: "Marta" })).toBe("Good to see you, Marta");
    expect(phrase(words, "en", "hello")).toBe("Good to see you, ");
  });

  it("keeps what looks like a placeholder inside of a value", () => {
    expect(phrase(words, "en", "hello", { name: "{{count}} $& $1", count: 3 })).toBe(
      "Good to see you, {{count}} $& $1",
    );
  });

  it("counts by the rules of its language, and writes numbers its way", () => {
    expect(phrase(words, "en", "places", { count: 1 })).toBe("1 place left");
    expect(phrase(words, "en", "places", { count: 1862 })).toBe("1,862 places left");
    expect(phrase(words, "de", "places", { count: 1862 })).toBe("1.862 places left");
    expect(phrase(words, "en", "places", { count: 0 })).toBe("Sold out");
    const polish = { place_one: "miejsce", place_few: "miejsca", place_many: "miejsc", place_other: "miejsca" };
    expect([1, 3, 5, 22].map((count) => phrase(polish, "pl", "place", { count }))).toEqual([
      "miejsce",
      "miejsca",
      "miejsc",
      "miejsca",
    ]);
  });

  it("is found by its nested key, and only then", () => {
    expect(phrase(words, "en", "room.kind.STAGE")).toBe("Stage");
    expect(phrase(words, "en", "room.kind.BOOTH")).toBeUndefined();
    expect(phrase(words, "en", "room.kind")).toBeUndefined();
    expect(phrase(undefined, "en", "hello")).toBeUndefined();
  });
});
