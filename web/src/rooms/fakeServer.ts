import type { Hub } from "./hub";
import { ServerLog, withoutSome } from "./serverLog";
import type { Entry, Frame, Joined, Place, Posted } from "./wire";

interface JoinRequest {
  room: string;
  after?: number;
  ticket?: string;
}

/** A live hub in memory whose connections can be cut before or after a message reached the disk. */
export class FakeServer {
  readonly log = new ServerLog();
  readonly refused = new Set<string>();
  busyPosts = 0;
  /** Open connections, oldest first. */
  readonly connections = new Set<FakeHub>();
  /** Origins that cannot be reached. */
  readonly unreachable = new Set<string>();
  /** Entries that frames leave out. */
  leaves: (entry: Entry) => boolean = () => false;
  /** What joins are answered instead of being let in, in turn. */
  readonly places: Omit<Place, "ticket">[] = [];
  readonly joins: JoinRequest[] = [];
  /** Given to who is let in. */
  ticket: string | undefined;
  attempts = 0;
  reachable = true;
  lossBeforeWrite = 0;
  lossAfterWrite = 0;

  private readonly random: () => number;

  constructor(random: () => number = Math.random) {
    this.random = random;
  }

  readonly connect = (origin?: string): Hub => new FakeHub(this, origin);

  open(hub: FakeHub) {
    this.attempts++;
    if (!this.reachable || this.unreachable.has(hub.origin ?? "")) throw new Error("no way there");
    this.connections.add(hub);
  }

  shut(hub: FakeHub) {
    this.connections.delete(hub);
  }

  cutAll() {
    for (const hub of [...this.connections]) hub.cut();
  }

  join(request: JoinRequest): Joined {
    this.joins.push(request);
    const place = this.places.shift();
    if (!place) return { ...this.log.join(request.after), ...(this.ticket && { ticket: this.ticket }) };
    const refusal = { code: "queued", message: "Many people came at once.", ...place, ticket: `ticket ${place.place}` };
    throw new Error(`An error occurred invoking Join. HubException: ${JSON.stringify(refusal)}`);
  }

  post(hub: FakeHub, { id, text }: { id: string; text: string }): Posted {
    if (this.refused.has(text))
      throw new Error('An error occurred invoking Post. HubException: {"code":"too-long","message":"Shorten it."}');
    if (this.busyPosts-- > 0) throw new Error('HubException: {"code":"room-busy","message":"Try again in a moment."}');
    if (this.random() < this.lossBeforeWrite) throw hub.cut();
    const known = this.log.entries.find((entry) => entry.id === id);
    const entry = known ?? this.log.add(id, text);
    if (!known) this.broadcast(this.log.frameSince(entry.seq - 1));
    if (this.random() < this.lossAfterWrite) throw hub.cut();
    return { seq: entry.seq, at: entry.at };
  }

  tell(method: string, message: unknown) {
    for (const hub of [...this.connections]) hub.tell(method, message);
  }

  broadcast(whole: Frame) {
    const frame = withoutSome(whole, this.leaves);
    for (const hub of [...this.connections]) hub.deliver(frame);
  }
}

export class FakeHub implements Hub {
  private readonly handlers = new Map<string, (message: never) => void>();
  private closed: () => void = () => undefined;
  private up = false;

  private readonly server: FakeServer;
  readonly origin: string | undefined;

  constructor(server: FakeServer, origin?: string) {
    this.server = server;
    this.origin = origin;
  }

  async start() {
    this.server.open(this);
    this.up = true;
  }

  async stop() {
    this.cut();
  }

  cut(): Error {
    if (this.up) {
      this.up = false;
      this.server.shut(this);
      this.closed();
    }
    return new Error("the connection was closed");
  }

  deliver(frame: Frame) {
    this.tell("Frame", frame);
  }

  tell(method: string, message: unknown) {
    queueMicrotask(() => this.up && this.handlers.get(method)?.(message as never));
  }

  async invoke<T>(method: string, argument: JoinRequest & { id: string; text: string }): Promise<T> {
    if (!this.up) throw new Error("not connected");
    const answer: Joined | Posted = method === "Join" ? this.server.join(argument) : this.server.post(this, argument);
    await Promise.resolve();
    return answer as T;
  }

  readonly sent: string[] = [];

  async send(method: string) {
    this.sent.push(method);
  }

  on(method: string, handler: (message: never) => void) {
    this.handlers.set(method, handler);
  }

  onclose(handler: () => void) {
    this.closed = handler;
  }
}
