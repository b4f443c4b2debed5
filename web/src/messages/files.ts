import { RefusalError, refusalOf } from "../platform/graph/refusal.ts";
import type { Message } from "./thread.ts";

/** What the file chooser offers; the server decides. */
export const ACCEPTED =
  "image/png,image/jpeg,image/webp,application/pdf,text/plain,text/csv,.docx,.xlsx,.pptx,.odt,.ods,.odp";

/** Uploads a file for a message; until it is sent nobody else sees it. Throws a `RefusalError`. */
export async function upload(event: string, file: File, signal: AbortSignal): Promise<Message["files"][number]> {
  let response: Response;
  try {
    response = await fetch(`/messages/files?event=${event}&name=${encodeURIComponent(file.name)}`, {
      method: "POST",
      headers: { "content-type": file.type || "text/plain" },
      body: file,
      signal,
    });
  } catch (error) {
    throw new RefusalError(refusalOf(error));
  }
  const said: unknown = await response.json().catch(() => undefined);
  if (response.ok) return said as Message["files"][number];
  const { code, detail } = (said ?? {}) as { code?: string; detail?: string };
  throw new RefusalError(
    code && detail ? { code, message: detail, field: undefined } : refusalOf(new Error(response.statusText)),
  );
}
