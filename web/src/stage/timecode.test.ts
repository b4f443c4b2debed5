import { describe, expect, test } from "vitest";
import { decodeTimecode, drawTimecode, type Painter, timecodeAge } from "./timecode";

/** One row of pixels that can be painted like a canvas. */
class Row implements Painter {
  fillStyle: Painter["fillStyle"] = "#000";
  readonly pixels: Uint8ClampedArray;

  readonly width: number;

  constructor(width: number) {
    this.width = width;
    this.pixels = new Uint8ClampedArray(width * 4);
  }

  fillRect(x: number, _y: number, width: number): void {
    this.pixels.fill(this.fillStyle === "#fff" ? 255 : 0, x * 4, Math.min(this.width, x + width) * 4);
  }
}

describe("a time code", () => {
  test.each([0, 1, 0xffffffff, 0x80000001, 1_812_000_123_456, Date.now()])("of %d is read back as drawn", (now) => {
    for (const width of [1280, 854, 640, 333]) {
      const row = new Row(width);
      drawTimecode(row, width, 720, now);
      expect(decodeTimecode(row.pixels, width)).toBe(now >>> 0);
    }
  });

  test("survives the greys of a video encoder", () => {
    const row = new Row(1280);
    drawTimecode(row, 1280, 720, 0xa5a50ff0);
    for (let i = 0; i < row.pixels.length; i++) row.pixels[i] = (row.pixels[i] ?? 0) > 128 ? 205 : 38;
    expect(decodeTimecode(row.pixels, 1280)).toBe(0xa5a50ff0);
  });

  test("tells the age of a frame, over the turn of its 32 bits too", () => {
    expect(timecodeAge(1_000, 2_500)).toBe(1_500);
    expect(timecodeAge(0xfffffff0, 2 ** 32 + 0x10)).toBe(32);
    expect(timecodeAge(1_812_000_000_000 >>> 0, 1_812_000_003_200)).toBe(3_200);
  });
});
