import { describe, expect, test, vi } from "vitest";
import { SignalOutbox } from "./outbox";

const refusal = (code: string) => new Error(`HubException: {"code":"${code}","message":"no"}`);

describe("what is said to one peer", () => {
  test("goes out one after another, however long each takes", async () => {
    const heard: string[] = [];
    const outbox = new SignalOutbox(async (kind) => {
      await new Promise((resolve) => setTimeout(resolve, kind === "offer" ? 20 : 1));
      heard.push(kind);
    });
    for (const kind of ["offer", "answer", "restart"]) outbox.say(kind, {});
    await vi.waitFor(() => expect(heard).toEqual(["offer", "answer", "restart"]));
  });

  test("is said again with the same number until it was handed on", async () => {
    const tries: unknown[] = [];
    const outbox = new SignalOutbox(async (kind, data) => {
      tries.push([kind, (data as { n: number }).n]);
      if (tries.length === 1) throw new Error("lost");
      if (tries.length === 2) throw refusal("peer-away");
    });
    outbox.say("offer", {});
    outbox.say("answer", {});
    await vi.waitFor(() => expect(tries).toHaveLength(4));
    expect(tries).toEqual([
      ["offer", 1],
      ["offer", 1],
      ["offer", 1],
      ["answer", 2],
    ]);
  });

  test("is given up when it would be refused for ever, and what follows is said", async () => {
    const tries: string[] = [];
    const outbox = new SignalOutbox(async (kind) => {
      tries.push(kind);
      if (kind === "offer") throw refusal("may-not-publish");
    });
    outbox.say("offer", {});
    outbox.say("answer", {});
    await vi.waitFor(() => expect(tries).toEqual(["offer", "answer"]));
  });

  test("candidates that wait go together, those of another session apart", async () => {
    const sent: unknown[] = [];
    const outbox = new SignalOutbox(async (kind, data) => {
      sent.push([kind, (data as { candidates?: unknown[] }).candidates]);
    });
    outbox.say("offer", {});
    for (const candidate of [1, 2, 3]) outbox.say("candidates", { session: "a", candidates: [candidate] });
    outbox.say("candidates", { session: "b", candidates: [4] });
    await vi.waitFor(() => expect(sent).toHaveLength(3));
    expect(sent).toEqual([
      ["offer", undefined],
      ["candidates", [1, 2, 3]],
      ["candidates", [4]],
    ]);
  });

  test("is forgotten when it is about something that is over", async () => {
    const sent: string[] = [];
    let go = () => {};
    const outbox = new SignalOutbox(async (kind) => {
      sent.push(kind);
      if (kind === "offer") await new Promise<void>((resolve) => (go = resolve));
    });
    outbox.say("offer", {});
    outbox.say("candidates", { session: "a", candidates: [1] });
    outbox.clear();
    outbox.say("restart", {});
    go();
    await vi.waitFor(() => expect(sent).toEqual(["offer", "restart"]));
  });
});
