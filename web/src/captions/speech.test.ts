import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { SpeechCaptioner, type SpeechState, split } from "./speech.ts";

class Recogniser extends EventTarget {
  static made: Recogniser[] = [];
  lang = "";
  started = 0;
  aborted = false;

  constructor() {
    super();
    Recogniser.made.push(this);
  }

  start() {
    this.started++;
  }

  abort() {
    this.aborted = true;
  }

  say(text: string, isFinal: boolean) {
    this.dispatchEvent(
      Object.assign(new Event("result"), { resultIndex: 0, results: [{ isFinal, 0: { transcript: text } }] }),
    );
  }

  fail(error: string) {
    this.dispatchEvent(Object.assign(new Event("error"), { error }));
  }
}

const told = vi.fn(
  async (_room: string, _line: { text: string; final: boolean; id: string; agoMs: number; language: string }) =>
    undefined,
);
let states: SpeechState[] = [];

function begin() {
  return new SpeechCaptioner({ room: "r", language: "en-GB", onState: (state) => states.push(state), tell: told });
}

beforeEach(() => {
  vi.useFakeTimers();
  Recogniser.made = [];
  states = [];
  told.mockClear();
  vi.stubGlobal("webkitSpeechRecognition", Recogniser);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("what is said into the microphone", () => {
  it("is guessed at now and then, and told when it is finished, as one line with its age", async () => {
    begin();
    const [recogniser] = Recogniser.made;
    recogniser?.say("so we", false);
    recogniser?.say("so we stopped", false);
    vi.advanceTimersByTime(700);
    recogniser?.say("so we stopped counting", false);
    vi.advanceTimersByTime(800);
    recogniser?.say("So we stopped counting.", true);
    const lines = told.mock.calls.map(([, line]) => line);
    expect(lines.map((line) => [line.text, line.final])).toEqual([
      ["so we", false],
      ["so we stopped counting", false],
      ["So we stopped counting.", true],
    ]);
    expect(new Set(lines.map((line) => line.id)).size).toBe(1);
    expect(lines.at(-1)).toMatchObject({ agoMs: 1500, language: "en" });
    recogniser?.say("Next.", true);
    expect(told.mock.calls.at(-1)?.[1].id).not.toBe(lines[0]?.id);
  });

  it("is listened to again after a silence, until it is stopped", () => {
    const captioner = begin();
    Recogniser.made[0]?.fail("no-speech");
    Recogniser.made[0]?.dispatchEvent(new Event("end"));
    vi.advanceTimersByTime(400);
    expect(Recogniser.made).toHaveLength(2);
    captioner.stop();
    expect(Recogniser.made[1]?.aborted).toBe(true);
    Recogniser.made[1]?.dispatchEvent(new Event("end"));
    vi.advanceTimersByTime(1_000);
    expect(Recogniser.made).toHaveLength(2);
    expect(states.map((state) => state.is)).toEqual(["listening", "listening", "off"]);
  });

  it("is not listened to against the person's will, nor where the browser cannot", () => {
    begin();
    Recogniser.made[0]?.fail("not-allowed");
    Recogniser.made[0]?.dispatchEvent(new Event("end"));
    vi.advanceTimersByTime(1_000);
    expect(Recogniser.made).toHaveLength(1);
    vi.unstubAllGlobals();
    begin();
    expect(states.map((state) => state.is)).toEqual(["listening", "denied", "unable"]);
  });
});

describe("a long line", () => {
  it("is cut between words", () => {
    expect(split("one two three", 8)).toEqual(["one two", "three"]);
    expect(split("abcdefghij", 4)).toEqual(["abcd", "efgh", "ij"]);
    expect(split("short")).toEqual(["short"]);
  });
});
