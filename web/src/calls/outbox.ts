import { refusalOf } from "../rooms/wire";

/** Refusals after which the same words would be refused again. */
const IN_VAIN = new Set(["peer-gone", "may-not-publish", "invalid-input", "not-between-peers"]);
const FIRST_WAIT_MS = 150;
const LONGEST_WAIT_MS = 1_500;

interface Word {
  kind: string;
  data: Record<string, unknown>;
}

/**
 * What we have to say to one peer, in order: the next goes out when the one before was handed on, and again when it was not. Candidates that wait are one word.
 */
export class SignalOutbox {
  private words: Word[] = [];
  private number = 0;
  private pumping = false;
  private closed = false;
  private readonly send: (kind: string, data: unknown) => Promise<void>;

  constructor(send: (kind: string, data: unknown) => Promise<void>) {
    this.send = send;
  }

  say(kind: string, data: Record<string, unknown>): void {
    const last = this.words.at(-1);
    if (
      kind === "candidates" &&
      last?.kind === kind &&
      last !== this.words[0] &&
      last.data["session"] === data["session"]
    ) {
      last.data["candidates"] = [...(last.data["candidates"] as unknown[]), ...(data["candidates"] as unknown[])];
      return;
    }
    this.words.push({ kind, data: { ...data, n: ++this.number } });
    void this.pump();
  }

  /** Forgets what was not said yet: it is about something that is over. */
  clear(): void {
    this.words = this.words.slice(0, this.pumping ? 1 : 0);
  }

  close(): void {
    this.closed = true;
  }

  private async pump(): Promise<void> {
    if (this.pumping) return;
    this.pumping = true;
    let wait = FIRST_WAIT_MS;
    for (let word = this.words[0]; word && !this.closed; word = this.words[0]) {
      try {
        await this.send(word.kind, word.data);
        wait = FIRST_WAIT_MS;
      } catch (error) {
        if (!IN_VAIN.has(refusalOf(error)?.code ?? "")) {
          await new Promise((resolve) => setTimeout(resolve, wait));
          wait = Math.min(2 * wait, LONGEST_WAIT_MS);
          continue;
        }
      }
      this.words.shift();
    }
    this.pumping = false;
  }
}
