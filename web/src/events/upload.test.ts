import { describe, expect, it } from "vitest";
import { pictureProblem, problemSentence } from "./upload.ts";

describe("a picture", () => {
  it("is refused before a byte is sent when the server could not take it", () => {
    expect(pictureProblem({ type: "image/gif", size: 10 })).toBe("type");
    expect(pictureProblem({ type: "", size: 10 })).toBe("type");
    expect(pictureProblem({ type: "image/png", size: 8 * 1024 * 1024 + 1 })).toBe("size");
    expect(pictureProblem({ type: "image/webp", size: 8 * 1024 * 1024 })).toBeUndefined();
  });

  it("brings back the server’s own sentence when there is one", () => {
    expect(problemSentence('{"title":"Bad","detail":"That is no picture."}')).toBe("That is no picture.");
    expect(problemSentence('{"title":"Bad"}')).toBe("Bad");
    expect(problemSentence("<html>")).toBe("");
  });
});
