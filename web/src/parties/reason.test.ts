import { describe, expect, it } from "vitest";
import en from "./locales/en.json";
import type { ProfileCard } from "./party.ts";
import { capital, firstName, namesOf, reasonText, STARTERS, starterOf } from "./reason.ts";

const list = new Intl.ListFormat("en", { type: "conjunction" });
const card = (name: string, change: Partial<ProfileCard> = {}): ProfileCard => ({
  person: name,
  name,
  headline: "",
  interests: [],
  looksFor: [],
  offers: [],
  languages: [],
  ...change,
});

/** As i18next would say it, without the rest of it. */
const t = ((key: string, values: Record<string, string> = {}) =>
  (key.split(".").reduce<unknown>((words, part) => (words as Record<string, unknown>)[part], en) as string).replace(
    /\{\{(\w+)\}\}/g,
    (_, name: string) => values[name] ?? "",
  )) as Parameters<typeof reasonText>[0];
const said = (kind: string, terms: string[], ...people: ProfileCard[]) =>
  reasonText(t, { reason: { kind, terms }, people }, list);

describe("the reason of a match", () => {
  it("says who looks for what the other gives", () => {
    expect(said("goal", ["Grants"], card("Sofía Herrera", { looksFor: ["grants"] }))).toBe(
      "Sofía would like to hear about Grants, which you offer.",
    );
    expect(said("goal", ["Grants"], card("Sofía Herrera", { offers: ["Grants"] }))).toBe(
      "Sofía offers Grants, which you are looking for.",
    );
    // A card that shows less than the matcher knew.
    expect(said("goal", ["Grants"], card("Sofía Herrera"))).toContain("one of you looks for Grants");
  });

  it("names what is shared, and the others of a trio", () => {
    expect(said("interests", ["Trams", "Queues"], card("Sofía Herrera"), card("Chidi Eze"))).toBe(
      "you and Sofía and Chidi both care about Trams and Queues.",
    );
    expect(said("language", ["de"], card("Yuki Tanaka"))).toBe("you both speak German.");
  });

  it("is never empty, also of a kind or with terms that it does not know", () => {
    expect(said("new", [], card("Owen Price"))).toBe("you and Owen have not met yet.");
    expect(said("interests", [], card("Owen Price"))).toBe("you and Owen have not met yet.");
    expect(said("horoscope", ["Leo"], card("Owen Price"))).toBe("you and Owen have not met yet.");
    expect(said("different", [], card("Owen Price"))).toContain("different corners");
  });
});

describe("what is said at a party", () => {
  it("calls people by their first names", () => {
    expect(firstName(" Sofía  Herrera ")).toBe("Sofía");
    expect(namesOf([card("Sofía Herrera"), card("Chidi Eze")], list)).toBe("Sofía and Chidi");
    expect(capital("élan")).toBe("Élan");
  });

  it("gives both the same way to begin, and another one when asked", () => {
    const first = starterOf("0199-a-meeting");
    expect(starterOf("0199-a-meeting")).toBe(first);
    expect(starterOf("0199-a-meeting", 1)).not.toBe(first);
    for (let turn = 0; turn < 40; turn++) {
      expect(starterOf("0199-a-meeting", turn)).toBeGreaterThan(0);
      expect(starterOf("0199-a-meeting", turn)).toBeLessThanOrEqual(STARTERS);
    }
    expect(Object.keys(en.starters)).toHaveLength(STARTERS);
  });
});
