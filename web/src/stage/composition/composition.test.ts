import { describe, expect, test } from "vitest";
import { EMPTY_PLAN, type Plan, type Spot } from "../plan";
import { cropped, fitted } from "./box";
import { positionIn } from "./files";
import { paletteOf } from "./palette";
import { audible, clipOnStage, speakers } from "./scene";
import { ActiveSpeaker, BREATH_MS, COUGH_MS } from "./speaker";
import { banner, clipped, initials, lowerThird, wrapped } from "./words";

/** Every letter is as wide as half its height. */
const measure = (text: string, font: string) => text.length * Number.parseFloat(font.split(" ")[1] ?? "0") * 0.5;

describe("pictures in boxes", () => {
  test("fill them by losing both sides, or stand whole in the middle", () => {
    expect(cropped(1600, 900, { width: 100, height: 100 })).toEqual({ x: 350, y: 0, width: 900, height: 900 });
    expect(fitted({ x: 0, y: 0, width: 100, height: 100 }, 2)).toEqual({ x: 0, y: 25, width: 100, height: 50 });
  });
});

describe("words", () => {
  test("are cut where they do not fit, and say so", () => {
    expect(clipped("short", 100, "400 20px x", measure)).toBe("short");
    expect(clipped("a long text indeed", 100, "400 20px x", measure)).toBe("a long te…");
  });

  test("are broken into lines, of which the last holds what is left", () => {
    expect(wrapped("one two three four", 80, "400 20px x", measure, 3)).toEqual(["one two", "three", "four"]);
    expect(wrapped("one two three four five six", 80, "400 20px x", measure, 2)).toEqual(["one two", "three f…"]);
  });

  test("stay in their tile, however long the name", () => {
    const box = { x: 100, y: 100, width: 300, height: 200 };
    const plate = lowerThird("Maximiliane ".repeat(9), "Head of ".repeat(20), box, measure).box;
    expect(plate.x).toBeGreaterThanOrEqual(box.x);
    expect(plate.x + plate.width).toBeLessThanOrEqual(box.x + box.width);
    expect(plate.y).toBeGreaterThanOrEqual(box.y);
    expect(plate.y + plate.height).toBeLessThanOrEqual(box.y + box.height);
  });

  test("of a question take three lines at most", () => {
    const plate = banner("why ".repeat(300), "Priya Raman", measure);
    expect(plate.lines).toHaveLength(4);
    expect(plate.box.y).toBeGreaterThan(400);
  });

  test("of a name begin with its first and last letter", () => {
    expect(initials("Lena Maria Vogt")).toBe("LV");
    expect(initials("amara")).toBe("A");
    expect(initials("")).toBe("");
  });
});

describe("who speaks", () => {
  const hear = (floor: ActiveSpeaker, levels: Record<string, number>, from: number, to: number) => {
    for (let now = from; now <= to; now += 100) floor.hear(new Map(Object.entries(levels)), now);
    return floor.current;
  };

  test("is nobody while it is quiet, and not who coughs", () => {
    const floor = new ActiveSpeaker();
    expect(hear(floor, { a: 0.001, b: 0.01 }, 0, 2_000)).toBeUndefined();
    expect(hear(floor, { a: 0.3 }, 2_100, 2_100 + COUGH_MS - 100)).toBeUndefined();
    expect(hear(floor, { a: 0.3 }, 2_100 + COUGH_MS, 2_900)).toBe("a");
  });

  test("keeps the floor over a breath, and loses it in silence", () => {
    const floor = new ActiveSpeaker();
    hear(floor, { a: 0.2 }, 0, 1_000);
    expect(hear(floor, { a: 0 }, 1_100, 1_000 + BREATH_MS)).toBe("a");
    expect(hear(floor, { a: 0 }, 1_100 + BREATH_MS, 1_300 + BREATH_MS)).toBeUndefined();
  });

  test("gives it up only to somebody clearly louder, or when gone", () => {
    const floor = new ActiveSpeaker();
    hear(floor, { a: 0.2, b: 0 }, 0, 1_000);
    expect(hear(floor, { a: 0.2, b: 0.25 }, 1_100, 3_000)).toBe("a");
    expect(hear(floor, { a: 0.1, b: 0.25 }, 3_100, 4_000)).toBe("b");
    expect(hear(floor, { a: 0.1 }, 4_100, 5_000)).toBe("a");
  });
});

describe("who is heard", () => {
  const spot = (person: string, more: Partial<Spot> = {}): Spot => ({
    spot: person,
    kind: "person",
    person,
    name: person,
    muted: false,
    lowerThird: false,
    ...more,
  });
  const plan: Plan = {
    ...EMPTY_PLAN,
    on: [
      spot("ada"),
      spot("bo", { muted: true }),
      spot("cy", { kind: "screen" }),
      spot("clip", { kind: "clip", person: undefined }),
    ],
    clip: { id: "c", url: "/files/c", startedAt: 0, seconds: 10, loop: false },
  };

  test("is everybody on stage who is not muted, seen or not, with their screens", () => {
    expect([...audible(plan)]).toEqual(["microphone:ada", "screen:cy"]);
    expect([...speakers(plan)]).toEqual(["microphone:ada"]);
    expect(clipOnStage(plan)).toBe(true);
  });

  test("is nobody while there is a card", () => {
    const card = { kind: "break", title: "Back soon" } as const;
    expect([...audible({ ...plan, card })]).toEqual([]);
    expect(clipOnStage({ ...plan, card })).toBe(false);
  });
});

describe("a file that plays", () => {
  test("is where it would be had it played here from the beginning", () => {
    expect(positionIn({ loop: false }, 5_000)).toBe(0);
    expect(positionIn({ startedAt: 1_000, seconds: 10, loop: false }, 5_000)).toBe(4);
    expect(positionIn({ startedAt: 1_000, seconds: 3, loop: true }, 5_000)).toBe(1);
    expect(positionIn({ startedAt: 1_000, seconds: 3, loop: false }, 5_000)).toBeUndefined();
    expect(positionIn({ startedAt: 9_000, seconds: 3, loop: false }, 5_000)).toBe(0);
  });
});

describe("the colours of a picture", () => {
  const brightness = (color: string) =>
    [1, 3, 5].reduce((sum, at) => sum + Number.parseInt(color.slice(at, at + 2), 16), 0) / 3;

  test("are dark ground and a light accent, whatever the event's colour", () => {
    for (const accent of ["#000000", "#ffffff", "#ff0000", "#00ff00", "#2c6b58", "#ffe600", "no colour"]) {
      const { ground, accent: light, tile } = paletteOf(accent);
      expect(brightness(ground)).toBeLessThan(60);
      expect(brightness(tile)).toBeLessThan(80);
      expect(brightness(light)).toBeGreaterThan(140);
    }
  });
});
