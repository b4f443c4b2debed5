import { problemSentence, UploadError } from "../events/upload.ts";

/** Small enough to be sent again after a lost line, large enough that asking costs nothing. */
const CHUNK_BYTES = 8 * 1024 * 1024;
const LONGEST_WAIT_MS = 30_000;
/** A first byte the server wants somewhere else, another connection that holds the file, and servers that are away: ask and go on. */
const AGAIN = new Set([409, 423, 429, 500, 502, 503, 504]);

export const acceptedRecordings = "video/mp4,video/webm,video/quicktime,.mp4,.webm,.mov,.m4v";

/** What a file says it is; systems that do not know the ending say nothing. */
export function recordingType(file: { name: string; type: string }): string {
  if (file.type) return file.type;
  return /\.webm$/i.test(file.name) ? "video/webm" : "video/mp4";
}

export interface SendOptions {
  /** Bytes that are on the server's disk. */
  onReceived: (bytes: number) => void;
  /** True while nothing goes through. */
  onWaiting: (waiting: boolean) => void;
  signal: AbortSignal;
  /** For tests. */
  request?: typeof fetch;
  wait?: (ms: number) => Promise<void>;
}

/**
 * Sends a file from where the server stands to its end, by the core of tus 1.0.0. Lost lines and servers that are away are waited for as long as it
 * takes; a refusal ends it as an `UploadError` with the server's sentence.
 */
export async function sendRecording(url: string, file: Blob, options: SendOptions): Promise<void> {
  const { onReceived, onWaiting, signal, request = fetch, wait = pause } = options;
  let failures = 0;
  for (;;) {
    signal.throwIfAborted();
    try {
      let offset = await offsetAt(url, request, signal);
      onReceived(offset);
      while (offset < file.size) {
        const answer = await request(url, {
          method: "PATCH",
          headers: {
            "Content-Type": "application/offset+octet-stream",
            "Tus-Resumable": "1.0.0",
            "Upload-Offset": `${offset}`,
          },
          body: file.slice(offset, offset + CHUNK_BYTES),
          signal,
        });
        offset = await offsetOf(answer);
        failures = 0;
        onWaiting(false);
        onReceived(offset);
      }
      return;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof UploadError) throw error;
    }
    onWaiting(true);
    await wait(Math.min(LONGEST_WAIT_MS, 1000 * 2 ** failures++));
  }
}

async function offsetAt(url: string, request: typeof fetch, signal: AbortSignal): Promise<number> {
  return offsetOf(await request(url, { method: "HEAD", headers: { "Tus-Resumable": "1.0.0" }, signal }));
}

/** Throws an `UploadError` for what trying again cannot mend, anything else for what it may. */
async function offsetOf(answer: Response): Promise<number> {
  if (AGAIN.has(answer.status)) throw new Error(`${answer.status}`);
  if (!answer.ok) throw new UploadError("refused", problemSentence(await answer.text()));
  return Number(answer.headers.get("Upload-Offset"));
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
