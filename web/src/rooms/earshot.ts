import type { Line } from "./line";

/** Somebody who listens to messages about this id. */
interface Hearer {
  about: string;
  listener: (message: unknown) => void;
}

/** Passes messages on to slices above, by what they are about; at once from both connections while we move, since what is told carries its own order. */
export class Earshot {
  private readonly room: string;
  private readonly event: string;
  private readonly hearers = new Map<string, Set<Hearer>>();

  constructor(room: string, event: string) {
    this.room = room;
    this.event = event;
  }

  /** From now on messages of this connection are heard, too. */
  add(line: Line): void {
    for (const method of this.hearers.keys()) this.passOn(line, method);
  }

  /** Hears messages of this name about this id, from these connections and those that come; answers how to stop listening. */
  hear<T>(about: string, method: string, listener: (message: T) => void, lines: readonly Line[]): () => void {
    const listeners = this.hearers.get(method) ?? new Set();
    const hearer: Hearer = { about, listener: listener as (message: unknown) => void };
    this.hearers.set(method, listeners.add(hearer));
    for (const line of lines) this.passOn(line, method);
    return () => listeners.delete(hearer);
  }

  private passOn(line: Line, method: string): void {
    if (line.passedOn.has(method)) return;
    line.passedOn.add(method);
    line.hub.on(method, (message: { room?: string | null; event?: string | null } | undefined) => {
      // What is said of the event, and of no room, comes this way too: `web/src/attend` may share the connection.
      const whose = message?.room ?? (message?.event === this.event ? this.room : undefined);
      for (const { about, listener } of this.hearers.get(method) ?? []) if (about === whose) listener(message);
    });
  }
}
