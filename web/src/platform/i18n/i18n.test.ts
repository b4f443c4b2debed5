import { afterEach, describe, expect, it } from "vitest";
import { addText, addTranslation, speak, translatorOf } from "./i18n.ts";

const en = {
  hello: "Good to see you, {{name}}",
  places_zero: "Sold out",
  places_one: "{{count, number}} place left",
  places_other: "{{count, number}} places left",
  only: "Only in English",
  room: { kind: { STAGE: "Stage" } },
};

declare module "./resources.ts" {
  interface TextResources {
    sample: typeof en;
  }
}

addText("sample", en);
const t = translatorOf("sample");

describe("a phrase", () => {
  afterEach(() => speak("en"));

  it("takes its values", () => {
    expect(t("hello", { name: "Marta" })).toBe("Good to see you, Marta");
    expect(t("room.kind.STAGE")).toBe("Stage");
  });

  it("says a value as it was given, markup, placeholders and all", () => {
    const name = "{{count}} $t(only) $& <b>Ann & Bo</b>";
    expect(t("hello", { name, count: 3 })).toBe(`Good to see you, ${name}`);
  });

  it("counts by the rules of its language, and writes numbers its way", async () => {
    expect(t("places", { count: 0 })).toBe("Sold out");
    expect(t("places", { count: 1 })).toBe("1 place left");
    expect(t("places", { count: 1862 })).toBe("1,862 places left");

    addTranslation("pl", "sample", {
      places_one: "{{count, number}} miejsce",
      places_few: "{{count, number}} miejsca",
      places_many: "{{count, number}} miejsc",
    });
    await speak("pl");
    expect([1, 3, 5, 22].map((count) => t("places", { count }))).toEqual([
      "1 miejsce",
      "3 miejsca",
      "5 miejsc",
      "22 miejsca",
    ]);
    expect(t("places", { count: 12500 })).toBe("12\u00a0500 miejsc");
  });

  it("is said in English when its language lacks it", async () => {
    addTranslation("pl", "sample", { hello: "Miło Cię widzieć, {{name}}" });
    await speak("pl");
    expect(t("hello", { name: "Marta" })).toBe("Miło Cię widzieć, Marta");
    expect(t("only")).toBe("Only in English");
  });
});
