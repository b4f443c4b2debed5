import { describe, expect, it } from "vitest";
import { handTold } from "./hand.ts";

describe("what is told about a hand", () => {
  it("says how far it has come, and who asks what", () => {
    expect(handTold('{"state":"asked","by":"Elif Demir","text":"Why?","at":5}')).toEqual({
      state: "ASKED",
      by: "Elif Demir",
      text: "Why?",
    });
  });

  it("is nothing when the hand is down, or cannot be read", () => {
    expect(handTold('{"state":"down"}')).toBeUndefined();
    expect(handTold("{")).toBeUndefined();
  });
});
