import { describe, expect, it } from "vitest";
import { decimalsOf, parseAmount, writeAmount } from "./amounts.ts";

describe("amounts that people type", () => {
  it.each([
    ["49", 2, 4900],
    ["49.5", 2, 4950],
    [" 49,50 ", 2, 4950],
    ["1234567", 2, 123456700],
    ["0.07", 2, 7],
    ["4900", 0, 4900],
    ["0", 2, 0],
    ["49.", 2, 4900],
  ])("reads %s with %i decimals", (text, decimals, amount) => {
    expect(parseAmount(text, decimals)).toBe(amount);
  });

  it.each([
    ["", 2],
    ["-1", 2],
    ["1.234", 2],
    ["1.5", 0],
    ["1,234.50", 2],
    ["ten", 2],
    ["1e5", 2],
  ])("does not guess what %s means", (text, decimals) => {
    expect(parseAmount(text, decimals)).toBeUndefined();
  });

  it("writes what it reads", () => {
    expect(writeAmount(4950, decimalsOf("EUR"))).toBe("49.50");
    expect(writeAmount(4900, decimalsOf("JPY"))).toBe("4900");
  });
});
