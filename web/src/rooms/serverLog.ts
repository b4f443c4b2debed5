import type { Entry, Frame, Joined } from "./wire";

/** A small generator with a seed, so that a failing run of a property can be repeated. */
export function seeded(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A server's side of one room, as the protocol describes it. */
export class ServerLog {
  readonly entries: Entry[] = [];

  readonly room: string;
  private readonly replayWindow: number;

  constructor(room = "room", replayWindow = 200) {
    this.room = room;
    this.replayWindow = replayWindow;
  }

  get seq(): number {
    return this.entries.length;
  }

  /** Adds messages and answers the frame that carries them. */
  say(count: number): Frame {
    const prev = this.seq;
    for (let n = 0; n < count; n++) this.add(`${this.seq + 1}`, `message ${this.seq + 1}`);
    return this.frameSince(prev);
  }

  add(id: string, text: string): Entry {
    const seq = this.seq + 1;
    const entry: Entry = { seq, id, kind: "chat", at: seq * 1000, person: "p", name: "Ada", role: "attendee", text };
    this.entries.push(entry);
    return entry;
  }

  frameSince(prev: number): Frame {
    return { room: this.room, prev, seq: this.seq, entries: this.entries.slice(prev), present: this.seq };
  }

  /** The answer to a join of a process that has heard of the log up to `seq`. */
  join(after?: number, seq = this.seq): Joined {
    const replayed = after !== undefined && after <= seq && seq - after <= this.replayWindow;
    return {
      room: this.room,
      seq,
      entries: replayed ? this.entries.slice(after, seq) : this.entries.slice(Math.max(0, seq - 100), seq),
      replayed,
      present: 1,
      watching: 0,
      stage: { state: "dark" },
      you: { id: "p", name: "Ada", role: "attendee" },
    };
  }
}

/** The frame as somebody gets it who is spared some of its entries. */
export function withoutSome(frame: Frame, leaves: (entry: Entry) => boolean): Frame {
  const entries = frame.entries.filter((entry) => !leaves(entry));
  const left = frame.entries.length - entries.length;
  return left > 0 ? { ...frame, entries, left } : frame;
}
