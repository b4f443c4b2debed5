import { describe, expect, it } from "vitest";
import type { Caption } from "../rooms/wire.ts";
import { CaptionScreen, lineNow, linesAt, search } from "./screen.ts";
import { choose } from "./settings.ts";

function caption(change: Partial<Caption>): Caption {
  return { id: "1", language: "en", text: "Hello", at: 1_000, until: 4_000, final: true, ...change };
}

const texts = (captions: { text: string }[]) => captions.map((one) => one.text);

describe("captions of what is live", () => {
  it("come when the player is at the moment they were said", () => {
    const screen = new CaptionScreen();
    screen.take(caption({ at: 10_000, until: 13_000 }), 7_000, 500_000);
    expect(screen.shown("en", 502_999)).toEqual([]);
    expect(texts(screen.shown("en", 503_000))).toEqual(["Hello"]);
    expect(screen.shown("en", 506_000)).toEqual([]);
  });

  it("come at once when they are late, or the player knows no time", () => {
    const screen = new CaptionScreen();
    screen.take(caption({ id: "late", text: "Typed late" }), 60_000, 0);
    screen.take(caption({ id: "untimed", text: "No clock", at: 1_500 }), undefined, 0);
    expect(texts(screen.shown("en", 0))).toEqual(["Typed late", "No clock"]);
  });

  it("grow while they are guessed, and stay as they were finished", () => {
    const screen = new CaptionScreen();
    screen.take(caption({ text: "so we", final: false }), undefined, 0);
    screen.take(caption({ text: "so we stopped", final: false }), undefined, 1_000);
    screen.take(caption({ text: "So we stopped." }), undefined, 2_000);
    screen.take(caption({ text: "so we stopt", final: false }), undefined, 2_100);
    expect(texts(screen.shown("en", 2_200))).toEqual(["So we stopped."]);
    expect(screen.shown("en", 5_000)).toEqual([]);
    expect(texts(screen.said("en", 9_000))).toEqual(["So we stopped."]);
  });

  it("show two lines at most, the newer below, of one language", () => {
    const screen = new CaptionScreen();
    for (const [index, text] of ["one", "two", "three"].entries()) {
      screen.take(caption({ id: text, text, at: 1_000 + index }), undefined, 0);
    }
    screen.take(caption({ id: "de", text: "drei", language: "de" }), undefined, 0);
    expect(texts(screen.shown("en", 100))).toEqual(["two", "three"]);
    expect(screen.languages).toEqual(["de", "en"]);
  });

  it("name whoever begins to speak, and not again while they go on", () => {
    const screen = new CaptionScreen();
    for (const [index, speaker] of ["Amara", "Amara", "Jonas"].entries()) {
      screen.take(caption({ id: String(index), at: 1_000 + index, speaker }), undefined, index);
    }
    expect(screen.said("en", 100).map((line) => line.speaker)).toEqual(["Amara", null, "Jonas"]);
    expect(screen.shown("en", 100).map((line) => line.speaker)).toEqual([null, "Jonas"]);
  });

  it("take nothing from the screen when what was said before is read", () => {
    const screen = new CaptionScreen();
    screen.take(caption({ id: "now", text: "Now" }), undefined, 0);
    screen.remember(caption({ id: "now", text: "Now" }));
    screen.remember(caption({ id: "before", text: "Before", at: 500 }));
    expect(texts(screen.shown("en", 100))).toEqual(["Now"]);
    expect(texts(screen.said("en", 100))).toEqual(["Before", "Now"]);
  });

  it("forget a guess that nobody finishes", () => {
    const screen = new CaptionScreen();
    screen.take(caption({ final: false }), undefined, 0);
    expect(screen.shown("en", 5_999)).toHaveLength(1);
    expect(screen.shown("en", 6_001)).toEqual([]);
  });
});

describe("captions of a replay", () => {
  const lines = [
    { id: "1", atSeconds: 1, untilSeconds: 3, text: "Das Grundbuch" },
    { id: "2", atSeconds: 4, untilSeconds: 6, text: "schließt nie.", speaker: "Zoë" },
  ];

  it("stand at their seconds", () => {
    expect(texts(linesAt(lines, 2))).toEqual(["Das Grundbuch"]);
    expect(linesAt(lines, 3.5)).toEqual([]);
    expect([lineNow(lines, 0), lineNow(lines, 3.5), lineNow(lines, 99)]).toEqual([-1, 0, 1]);
  });

  it("are found by their words, however they are written", () => {
    expect(texts(search(lines, "GRUND das"))).toEqual(["Das Grundbuch"]);
    expect(texts(search(lines, "zoe"))).toEqual(["schließt nie."]);
    expect(search(lines, "  ")).toHaveLength(2);
    expect(search(lines, "never")).toEqual([]);
  });
});

describe("the language", () => {
  it("is the one chosen, else one that is read, else the first", () => {
    expect(choose(["de", "en", "pt-BR"], "pt-PT", ["fr"])).toBe("pt-BR");
    expect(choose(["de", "en"], undefined, ["fr-FR", "en-GB"])).toBe("en");
    expect(choose(["de", "en"], "fr", ["sv"])).toBe("de");
    expect(choose([], "fr", [])).toBeUndefined();
  });
});
