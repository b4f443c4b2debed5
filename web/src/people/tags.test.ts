import { describe, expect, it } from "vitest";
import { alike, lineOf, tagsOf } from "./tags.ts";

describe("tags", () => {
  it("are alike whatever their case", () => {
    expect(alike(["Audit logs", "Sailing"], ["audit LOGS"])).toEqual(new Set(["Audit logs"]));
  });

  it("are typed with commas between, and empty ones are none", () => {
    expect(tagsOf(" audit logs, , grant writing\nsailing;")).toEqual(["audit logs", "grant writing", "sailing"]);
  });
});

describe("the line below a name", () => {
  it("says the company once", () => {
    expect(lineOf({ headline: "Chief engineer, Helse Vest", company: "Helse Vest" })).toBe(
      "Chief engineer, Helse Vest",
    );
    expect(lineOf({ headline: "Chief engineer", company: "Helse Vest" })).toBe("Chief engineer, Helse Vest");
    expect(lineOf({ headline: "", company: "Helse Vest" })).toBe("Helse Vest");
  });
});
