import { SendCaptionDocument } from "../gql/graphql.ts";
import { refusalOf } from "../platform/graph/refusal.ts";
import { send } from "../platform/graph/send.ts";

/** What browsers name the recognition; the standard's types are not in TypeScript's library. */
interface Recognition extends EventTarget {
  lang: string;
  continuous: boolean;
  interimResults: boolean;
  start(): void;
  abort(): void;
}

interface RecognitionEvent extends Event {
  resultIndex: number;
  results: ArrayLike<{ isFinal: boolean; 0?: { transcript: string } }>;
}

type Make = new () => Recognition;

function maker(): Make | undefined {
  const browser = globalThis as { SpeechRecognition?: Make; webkitSpeechRecognition?: Make };
  return browser.SpeechRecognition ?? browser.webkitSpeechRecognition;
}

/** True when this browser can turn speech into text. */
export function canRecognise(): boolean {
  return maker() !== undefined;
}

/** Guesses are sent this often at most; the server takes five a second of one language. */
const GUESS_MS = 600;
/** The server takes lines of this many characters. */
const LONGEST = 500;
/** Recognition that ends by itself, as it does after a silence, begins again after this. */
const AGAIN_MS = 300;
/** A final line that could not be sent is tried this often. */
const TRIES = 5;

export type SpeechState =
  | { is: "off" | "listening" | "unable" | "denied" }
  | {
      is: "failed";
      reason: string;
    };

interface SpeechOptions {
  room: string;
  language: string;
  speaker?: string | undefined;
  onState: (state: SpeechState) => void;
  tell?: typeof tellServer;
}

async function tellServer(room: string, line: Line): Promise<void> {
  await send(SendCaptionDocument, { room, line });
}

interface Line {
  id: string;
  language: string;
  text: string;
  agoMs: number;
  forMs?: number;
  final: boolean;
  speaker?: string | null;
  recognised: boolean;
}

/** Captions what is said into this browser's microphone, until it is stopped. Only to be started after the person agreed. */
export class SpeechCaptioner {
  private readonly options: SpeechOptions;
  private readonly tell: typeof tellServer;
  private recognition: Recognition | undefined;
  private stopped = false;
  private utterance: { id: string; began: number; guessed: number } | undefined;
  private again: ReturnType<typeof setTimeout> | undefined;

  constructor(options: SpeechOptions) {
    this.options = options;
    this.tell = options.tell ?? tellServer;
    this.begin();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.again);
    this.recognition?.abort();
    this.options.onState({ is: "off" });
  }

  private begin(): void {
    const Make = maker();
    if (!Make) {
      this.options.onState({ is: "unable" });
      return;
    }
    const recognition = new Make();
    this.recognition = recognition;
    recognition.lang = this.options.language;
    recognition.continuous = true;
    recognition.interimResults = true;
    recognition.addEventListener("result", (event) => this.hear(event as RecognitionEvent));
    recognition.addEventListener("error", (event) => this.fail((event as Event & { error?: string }).error ?? ""));
    recognition.addEventListener("end", () => {
      if (!this.stopped) this.again = setTimeout(() => this.begin(), AGAIN_MS);
    });
    try {
      recognition.start();
      this.options.onState({ is: "listening" });
    } catch (error) {
      this.fail(error instanceof Error ? error.name : "");
    }
  }

  private fail(error: string): void {
    // A silence, or our own stop: it begins again, or has been told.
    if (this.stopped || error === "no-speech" || error === "aborted") return;
    if (error !== "network") this.stopped = true;
    const denied = error === "not-allowed" || error === "service-not-allowed";
    this.options.onState(denied ? { is: "denied" } : { is: "failed", reason: error });
  }

  private hear({ results, resultIndex }: RecognitionEvent): void {
    for (let index = resultIndex; index < results.length; index++) {
      const result = results[index];
      const text = result?.[0]?.transcript.trim();
      if (!result || !text) continue;
      const now = Date.now();
      this.utterance ??= { id: crypto.randomUUID(), began: now, guessed: 0 };
      const { id, began, guessed } = this.utterance;
      if (result.isFinal) {
        this.utterance = undefined;
        const parts = split(text);
        parts.forEach((part, place) => {
          const into = ((now - began) * place) / parts.length;
          const line = { id: place === 0 ? id : crypto.randomUUID(), text: part, final: true };
          void this.keep({ ...this.line(line, now - began - into), forMs: Math.round((now - began) / parts.length) });
        });
      } else if (now - guessed >= GUESS_MS) {
        this.utterance.guessed = now;
        const line = this.line({ id, text: text.slice(-LONGEST), final: false }, now - began);
        void this.tell(this.options.room, line).catch(() => undefined);
      }
    }
  }

  private line(said: Pick<Line, "id" | "text" | "final">, agoMs: number): Line {
    const { language, speaker } = this.options;
    return {
      ...said,
      language: language.split("-")[0] ?? language,
      agoMs: Math.round(Math.min(agoMs, 60_000)),
      speaker: speaker ?? null,
      recognised: true,
    };
  }

  /** A line that is finished is sent until the server has it. */
  private async keep(line: Line): Promise<void> {
    const said = Date.now();
    for (let attempt = 1; ; attempt++) {
      try {
        await this.tell(this.options.room, { ...line, agoMs: line.agoMs + Date.now() - said });
        return;
      } catch (error) {
        const { code } = refusalOf(error);
        if (attempt >= TRIES || !["offline", "unknown", "too-many-requests"].includes(code)) return;
        await new Promise((resolve) => setTimeout(resolve, 500 * attempt));
      }
    }
  }
}

/** Pieces that the server takes, cut between words. */
export function split(text: string, longest = LONGEST): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > longest) {
    const space = rest.lastIndexOf(" ", longest);
    const cut = space > 0 ? space : longest;
    pieces.push(rest.slice(0, cut).trim());
    rest = rest.slice(cut).trim();
  }
  return [...pieces, rest];
}
