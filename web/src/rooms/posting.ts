import { backoffMs, waitToRetry } from "./backoff";
import type { Line } from "./line";
import { acknowledge, discard, nextToSend, refuse, tryAgain, write } from "./outbox";
import type { RoomView } from "./roomView";
import { type Posted, type Quote, type Refusal, refusalOf } from "./wire";

/** An acknowledged message whose frame does not come within this time means a frame was lost. */
export const CATCH_UP_MS = 2_000;
/** A message that fails this often is shown as failed, with its text. */
export const POST_ATTEMPTS = 5;

/** Refusals that say "not now": what was refused is tried again by itself. */
export const NOT_NOW = new Set([
  "too-many-requests",
  "too-many-rooms",
  "room-busy",
  "not-kept",
  "not-joined",
  "internal",
]);

/** What goes with a message besides its text. */
export interface PostExtras {
  /** What it answers. */
  reply?: Quote | undefined;
  /** Ids of people whom it calls. */
  mentions?: readonly string[] | undefined;
}

/** What sending needs of the room. */
interface Room {
  readonly room: string;
  readonly signal: AbortSignal;
  readonly random: () => number;
  view(): RoomView;
  show(change: Partial<RoomView>): void;
  line(): Line | undefined;
  rejoin(): void;
}

/** Sends what a person wrote, in the order it was written, until the server has it. */
export class Posting {
  private posting = false;
  private failed = 0;
  private catchUp: ReturnType<typeof setTimeout> | undefined;
  private readonly at: Room;

  constructor(at: Room) {
    this.at = at;
  }

  /** Shown at once as on its way, sent until the server has it. */
  post(text: string, { reply, mentions }: PostExtras = {}): void {
    const post = {
      id: crypto.randomUUID(),
      text,
      at: Date.now(),
      ...(reply && { reply }),
      ...(mentions?.length && { mentions }),
    };
    this.at.show({ outbox: write(this.at.view().outbox, post) });
    void this.send();
  }

  /** Sends a refused message once more. */
  retry(id: string): void {
    this.at.show({ outbox: tryAgain(this.at.view().outbox, id) });
    void this.send();
  }

  /** Forgets a refused message. */
  discard(id: string): void {
    this.at.show({ outbox: discard(this.at.view().outbox, id) });
  }

  /** Nothing is expected any more. */
  stop(): void {
    clearTimeout(this.catchUp);
  }

  /** One message at a time, so that they land in the order they were written. */
  async send(): Promise<void> {
    if (this.posting) return;
    this.posting = true;
    const { room } = this.at;
    try {
      for (let post = nextToSend(this.at.view().outbox); post; post = nextToSend(this.at.view().outbox)) {
        const line = this.at.line();
        if (!line || line.lost || this.at.view().state !== "live") return;
        const { id, text, reply, mentions } = post;
        const request = { room, id, text, ...(reply && { reply: reply.message }), ...(mentions && { mentions }) };
        try {
          const posted = await line.hub.invoke<Posted>("Post", request);
          this.failed = 0;
          this.at.show({ outbox: acknowledge(this.at.view().outbox, id, posted) });
          this.expect(posted.seq);
        } catch (error) {
          const refusal = refusalOf(error);
          if (refusal && !NOT_NOW.has(refusal.code))
            this.at.show({ outbox: refuse(this.at.view().outbox, id, refusal) });
          else if (this.at.line() === line && !line.lost) {
            if (refusal?.code === "not-joined") this.at.rejoin();
            await this.hasFailed(id, refusal);
          }
        }
      }
    } finally {
      this.posting = false;
    }
  }

  private async hasFailed(id: string, refusal: Refusal | undefined): Promise<void> {
    if (++this.failed >= POST_ATTEMPTS) {
      this.failed = 0;
      this.at.show({ outbox: refuse(this.at.view().outbox, id, refusal ?? { code: "not-sent", message: "" }) });
      return;
    }
    await waitToRetry(backoffMs(this.failed, this.at.random), this.at.signal);
  }

  /** The frame with entry `seq` must come; when it does not, it was lost and nothing newer would tell. */
  private expect(seq: number): void {
    const reached = () => this.at.view().log.seq ?? 0;
    if (reached() >= seq) return;
    clearTimeout(this.catchUp);
    this.catchUp = setTimeout(() => {
      if (reached() < seq) this.at.rejoin();
    }, CATCH_UP_MS);
  }
}
