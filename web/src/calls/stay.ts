/**
 * Which peer this tab is in a call. A tab that is loaded anew remembers which one it was, so that nobody sees both; a copy of a tab remembers it too, but is
 * another: only a reload counts.
 */
export class Stay {
  peer: string = crypto.randomUUID();
  previous: string | undefined;
  private readonly key: string;

  constructor(room: string) {
    this.key = `call:${room}`;
    this.previous = wasReloaded() ? read(this.key) : undefined;
  }

  /** From now on as a new peer: the one before is over. */
  begin(): void {
    this.peer = crypto.randomUUID();
    this.previous = undefined;
  }

  /** The server knows this peer now, and no other of this tab. */
  entered(): void {
    this.previous = undefined;
    write(this.key, this.peer);
  }

  end(): void {
    write(this.key, undefined);
  }
}

/** The tab may have been reloaded long before it entered this call; what it finds then is its own all the same. */
function wasReloaded(): boolean {
  const [navigation] = globalThis.performance?.getEntriesByType?.("navigation") ?? [];
  return (navigation as PerformanceNavigationTiming | undefined)?.type === "reload";
}

function read(key: string): string | undefined {
  try {
    return sessionStorage.getItem(key) ?? undefined;
  } catch {
    return undefined; // a browser that keeps nothing
  }
}

function write(key: string, value: string | undefined): void {
  try {
    if (value) sessionStorage.setItem(key, value);
    else sessionStorage.removeItem(key);
  } catch {
    // A browser that keeps nothing: the server drops the former peer some seconds later.
  }
}
