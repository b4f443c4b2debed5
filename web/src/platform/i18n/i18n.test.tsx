import { act, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { platformText, usePlatformText } from "../text.ts";
import { addText, speak, translatorOf } from "./i18n.ts";
import { preferredLanguage } from "./language.ts";

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

function Close() {
  return <button type="button">{usePlatformText().t("close")}</button>;
}

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
    await speak("de");
    expect(platformText("hours", { count: 1862 })).toBe("1.862 Std.");
  });

  it("is said in English when its language lacks it", async () => {
    await speak("de");
    expect(t("only")).toBe("Only in English");
  });
});

describe("the language", () => {
  afterEach(() => speak("en"));

  it("changes on the page at once, and the page says which it is", async () => {
    render(<Close />);
    expect(screen.getByRole("button").textContent).toBe("Close");
    await act(() => speak("de"));
    expect(screen.getByRole("button").textContent).toBe("Schließen");
    expect(document.documentElement.lang).toBe("de");
  });

  it("is the first of the browser's that Plenary speaks, until the visitor chooses", async () => {
    vi.spyOn(navigator, "languages", "get").mockReturnValue(["pl", "de-AT", "en"]);
    localStorage.clear();
    expect(preferredLanguage()).toBe("de");
    await speak("en");
    expect(preferredLanguage()).toBe("en");
  });

  it("is English when Plenary speaks none of the browser's", () => {
    vi.spyOn(navigator, "languages", "get").mockReturnValue(["pl", "constructor"]);
    localStorage.clear();
    expect(preferredLanguage()).toBe("en");
  });
});
