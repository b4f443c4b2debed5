import { describe, expect, it } from "vitest";
import { UploadError } from "../events/upload.ts";
import { recordingType, sendRecording } from "./upload.ts";

const file = new Blob([new Uint8Array(20 * 1024 * 1024)]);

/** A server that keeps bytes, and answers as told instead of some requests. */
function server(trouble: Record<number, () => Response>) {
  let [stored, asked] = [0, 0];
  const seen: string[] = [];
  const request = async (_: unknown, { method, headers, body }: RequestInit = {}) => {
    const wrong = trouble[++asked]?.();
    seen.push(`${method} ${stored}`);
    if (wrong) return wrong;
    if (method === "PATCH") {
      if (Number((headers as Record<string, string>)["Upload-Offset"]) !== stored)
        return new Response(null, { status: 409 });
      stored += (body as Blob).size;
    }
    return new Response(null, { status: 204, headers: { "Upload-Offset": `${stored}` } });
  };
  return { request: request as typeof fetch, seen, stored: () => stored };
}

function send(request: typeof fetch, signal = new AbortController().signal) {
  const waited: boolean[] = [];
  const done = sendRecording("/recordings/uploads/1", file, {
    request,
    signal,
    wait: () => Promise.resolve(),
    onReceived: () => undefined,
    onWaiting: (waiting) => waited.push(waiting),
  });
  return { done, waited };
}

describe("a recording on its way", () => {
  it("goes in pieces, each after the one before is on disk", async () => {
    const { request, stored, seen } = server({});
    await send(request).done;
    expect(stored()).toBe(file.size);
    expect(seen).toHaveLength(4);
  });

  it("goes on where the server stands after a lost line and a server that was away", async () => {
    const { request, stored } = server({
      3: () => {
        throw new TypeError("network");
      },
      4: () => new Response(null, { status: 503 }),
      6: () => new Response(null, { status: 423 }),
    });
    const { done, waited } = send(request);
    await done;
    expect(stored()).toBe(file.size);
    expect(waited.filter(Boolean)).toHaveLength(3);
    expect(waited.at(-1)).toBe(false);
  });

  it("ends with the server's sentence when it is refused", async () => {
    const { request } = server({ 2: () => Response.json({ detail: "This file is neither." }, { status: 415 }) });
    await expect(send(request).done).rejects.toEqual(new UploadError("refused", "This file is neither."));
  });

  it("says what a file is when its system does not", () => {
    expect(recordingType({ name: "Talk.WEBM", type: "" })).toBe("video/webm");
    expect(recordingType({ name: "talk.m4v", type: "" })).toBe("video/mp4");
    expect(recordingType({ name: "talk.mov", type: "video/quicktime" })).toBe("video/quicktime");
  });
});
