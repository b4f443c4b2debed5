import { RefusalError, refusalOf } from "../platform/graph/refusal.ts";

/** One session of a file, as it would be. */
export interface FileChange {
  line: number;
  title: string;
  room: string;
  startsAt: string;
  endsAt: string;
  changes: ("time" | "room" | "title" | "summary" | "speakers")[];
}

/** What a file would do to an agenda, or did. */
export interface FilePreview {
  /** Names exactly this; the server writes it only while it still holds. */
  fingerprint: string;
  written: boolean;
  added: FileChange[];
  changed: FileChange[];
  removed: FileChange[];
  unchanged: number;
  rooms: string[];
  speakers: string[];
  /** With one of these nothing can be taken over. Line 0 is the whole file. */
  mistakes: { line: number; message: string }[];
  mistakeCount: number;
  notes: { line: number; message: string }[];
}

export interface FileChoices {
  removeOthers: boolean;
  ontoEvent: boolean;
}

/** The format that a file's name and first character tell. */
export function formatOf(name: string, text: string): "json" | "ics" | "csv" {
  const start = text.trimStart();
  if (/\.json$/i.test(name) || start.startsWith("{")) return "json";
  return /\.ics$/i.test(name) || start.startsWith("BEGIN:VCALENDAR") ? "ics" : "csv";
}

/** Looks at a file, or takes over what was shown. Throws a `RefusalError`. */
export async function sendAgenda(
  event: string,
  file: File,
  choices: FileChoices,
  confirm?: string,
): Promise<FilePreview> {
  const head = await file.slice(0, 200).text();
  const query = new URLSearchParams({
    format: formatOf(file.name, head),
    removeOthers: String(choices.removeOthers),
    ontoEvent: String(choices.ontoEvent),
    ...(confirm && { confirm }),
  });
  let response: Response;
  try {
    response = await fetch(`/events/${event}/agenda?${query}`, {
      method: "POST",
      headers: { "content-type": "application/octet-stream" },
      body: file,
    });
  } catch (error) {
    throw new RefusalError(refusalOf(error));
  }
  const said: unknown = await response.json().catch(() => undefined);
  if (response.ok) return said as FilePreview;
  const { code, detail } = (said ?? {}) as { code?: string; detail?: string };
  throw new RefusalError(
    code && detail ? { code, message: detail, field: undefined } : refusalOf(new Error(response.statusText)),
  );
}
