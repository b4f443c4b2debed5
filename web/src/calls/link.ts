import type { EngineHost, LinkState } from "./engine";
import { SignalOutbox } from "./outbox";
import { TRACK_KINDS, type TrackKind } from "./wire";

/** Whoever waits longer than this for the other's first offer asks for it. */
const OFFER_PATIENCE_MS = 4_000;
/** An offer that was not answered within this is made again: its answer may have been lost with a connection. */
const ANSWER_PATIENCE_MS = 5_000;
/** A link that does not stand after this is begun anew. */
const CONNECT_PATIENCE_MS = 12_000;
/** Nothing comes through for so long: ICE looks for another way. */
const SILENCE_MS = 2_000;
const RESTART_EVERY_MS = 5_000;
const MOST_RESTARTS = 2;

interface Description {
  session: string;
  n: number;
  sdp?: string;
  sends?: Record<string, TrackKind>;
  candidates?: RTCIceCandidateInit[];
}

/** Something we send: a picture or a sound of one kind. */
interface Slot {
  kind: TrackKind;
  track: MediaStreamTrack;
}

/**
 * The connection between us and one other peer of a mesh, by perfect negotiation (W3C WebRTC, section 10.7): either side may change what it sends at any time,
 * and of two offers that cross the leader's stands. The leader, whose id is smaller, begins; each beginning is a session, and what is said about
 * another session is not heard.
 */
export class Link {
  /** What arrives, by kind. */
  readonly streams = new Map<TrackKind, MediaStream>();
  state: LinkState = "connecting";
  pc: RTCPeerConnection | undefined;

  readonly peer: string;
  private readonly leads: boolean;
  private readonly host: EngineHost;
  private readonly outbox: SignalOutbox;
  private readonly changed: () => void;
  private config: RTCConfiguration;
  private slots = new Map<string, { slot: Slot; transceiver: RTCRtpTransceiver }>();
  private remoteSends: Record<string, TrackKind> = {};
  private toldSends = "{}";
  private session = "";
  private heardNumber = 0;
  private making = false;
  private ignoring = false;
  /** Whether each of us may be seen and heard: decides about the directions, what is sent at the moment does not. */
  private maySend: boolean;
  private mayReceive: boolean;
  private order: Promise<void> = Promise.resolve();
  private since = performance.now();
  private troubleSince: number | undefined;
  private offeredAt: number | undefined;
  private restartedAt = 0;
  private restarts = 0;
  private closed = false;

  /**
   * @param mayReceive the other may be seen and heard.
   * @param changed what is to be shown of it is another.
   */
  constructor(host: EngineHost, peer: string, mayReceive: boolean, config: RTCConfiguration, changed: () => void) {
    this.host = host;
    this.peer = peer;
    this.config = config;
    this.changed = changed;
    this.leads = host.me < peer;
    this.maySend = host.mayPublish();
    this.mayReceive = mayReceive;
    this.outbox = new SignalOutbox((kind, data) => host.signal(peer, kind, data));
    if (this.leads) this.begin(crypto.randomUUID());
  }

  /** From now on with these servers. */
  configure(config: RTCConfiguration): void {
    this.config = config;
    this.pc?.setConfiguration(config);
  }

  /** Sends what we send now, and takes what the other may send. A right that is taken closes the way; one that is given back gets a new connection. */
  sync(mayReceive: boolean): void {
    const maySend = this.host.mayPublish();
    const more = (maySend && !this.maySend) || (mayReceive && !this.mayReceive);
    [this.maySend, this.mayReceive] = [maySend, mayReceive];
    const { pc } = this;
    if (!pc) return; // who follows has nothing to attach it to before the first offer, and does it then
    if (more) this.beginAgain();
    else if (this.leads || pc.remoteDescription) this.attach(pc);
  }

  /** Something the other said, in the order in which it came. */
  receive(kind: string, data: string): void {
    this.order = this.order.then(() => this.handle(kind, JSON.parse(data) as Description)).catch(() => undefined);
  }

  /** Called every second: mends what has stood still for too long. */
  watch(): void {
    const now = performance.now();
    const { pc } = this;
    if (!pc) {
      if (now - this.since > OFFER_PATIENCE_MS) this.beginAgain();
      return;
    }
    if (pc.signalingState === "have-local-offer") {
      this.offeredAt ??= now;
      if (now - this.offeredAt > ANSWER_PATIENCE_MS) this.describe(pc);
    } else this.offeredAt = undefined;

    const connection = pc.connectionState;
    if (connection === "connected") {
      this.troubleSince = undefined;
      this.restarts = 0;
      return;
    }
    this.troubleSince ??= now;
    const silent = now - this.troubleSince;
    const trying = now - Math.max(this.since, this.restartedAt);
    if (connection === "closed" || (["new", "connecting"].includes(connection) && trying > CONNECT_PATIENCE_MS))
      this.beginAgain();
    else if ((connection === "disconnected" && silent > SILENCE_MS) || connection === "failed") {
      if (now - this.restartedAt < RESTART_EVERY_MS) return;
      this.restartedAt = now;
      if (this.restarts++ < MOST_RESTARTS) pc.restartIce();
      else this.beginAgain();
    }
  }

  close(): void {
    this.closed = true;
    this.outbox.close();
    this.release();
  }

  private release(): void {
    const { pc } = this;
    this.pc = undefined;
    if (!pc) return;
    pc.onnegotiationneeded = pc.onicecandidate = pc.onconnectionstatechange = null;
    pc.close();
    this.streams.clear();
  }

  /** The leader begins anew; who follows asks for it. */
  private beginAgain(): void {
    this.since = performance.now();
    if (this.leads) this.begin(crypto.randomUUID());
    else this.outbox.say("restart", { session: this.session });
  }

  private begin(session: string): void {
    this.release();
    this.outbox.clear();
    this.session = session;
    this.heardNumber = 0;
    this.slots.clear();
    this.remoteSends = {};
    this.toldSends = "{}";
    this.since = performance.now();
    this.troubleSince = this.offeredAt = undefined;
    this.restarts = 0;
    this.making = this.ignoring = false;
    const pc = new RTCPeerConnection(this.config);
    this.pc = pc;
    pc.onnegotiationneeded = () => void this.offer(pc);
    pc.onicecandidate = ({ candidate }) => {
      if (candidate?.candidate) this.outbox.say("candidates", { session, candidates: [candidate.toJSON()] });
    };
    pc.onconnectionstatechange = () => this.follow(pc);
    if (this.leads) {
      // So that there is something to answer, whoever of the two sends.
      const direction = directionOf(this.maySend, this.mayReceive);
      pc.addTransceiver("audio", { direction });
      pc.addTransceiver("video", { direction });
      this.attach(pc);
    }
    this.changed();
  }

  private follow(pc: RTCPeerConnection): void {
    if (this.pc !== pc) return;
    if (pc.connectionState === "connected") this.state = "connected";
    else if (this.state === "connected") this.state = "interrupted";
    this.changed();
  }

  private async offer(pc: RTCPeerConnection): Promise<void> {
    // An offer that the other has not answered yet says everything again when it has.
    if (this.pc !== pc || (!this.leads && !pc.remoteDescription)) return;
    try {
      this.making = true;
      await pc.setLocalDescription();
      if (this.pc === pc) this.describe(pc);
    } catch {
      // The description crossed with one of the other's; the browser asks again when that is settled.
    } finally {
      this.making = false;
    }
  }

  private describe(pc: RTCPeerConnection): void {
    const description = pc.localDescription;
    if (!description) return;
    const sends = this.sends();
    this.toldSends = JSON.stringify(sends);
    this.offeredAt = description.type === "offer" ? performance.now() : undefined;
    this.outbox.say(description.type, { session: this.session, sdp: description.sdp, sends });
  }

  /** What we send, by the section of the description that carries it. */
  private sends(): Record<string, TrackKind> {
    const sends: Record<string, TrackKind> = {};
    for (const { slot, transceiver } of this.slots.values()) if (transceiver.mid) sends[transceiver.mid] = slot.kind;
    return sends;
  }

  private async handle(kind: string, data: Description): Promise<void> {
    if (this.closed) return;
    if (kind === "restart") {
      if (this.leads && (data.session === this.session || data.session === "")) this.begin(crypto.randomUUID());
      return;
    }
    if (data.session !== this.session) {
      if (kind !== "offer" || this.leads) return;
      this.begin(data.session);
    }
    if (data.n <= this.heardNumber) return; // said again because its acknowledgement was lost
    this.heardNumber = data.n;
    const { pc } = this;
    if (!pc) return;
    if (kind === "sends") {
      this.remoteSends = data.sends ?? {};
      this.collect(pc);
    } else if (kind === "candidates") {
      for (const candidate of data.candidates ?? []) {
        try {
          await pc.addIceCandidate(candidate);
        } catch (error) {
          if (!this.ignoring) throw error;
        }
      }
    } else if ((kind === "offer" || kind === "answer") && data.sdp) {
      const crossed = kind === "offer" && (this.making || pc.signalingState !== "stable");
      this.ignoring = this.leads && crossed;
      if (this.ignoring || (kind === "answer" && pc.signalingState !== "have-local-offer")) return;
      await pc.setRemoteDescription({ type: kind, sdp: data.sdp });
      this.remoteSends = data.sends ?? {};
      // What was switched while the descriptions were on their way is told now.
      this.attach(pc);
      if (kind === "offer") {
        await pc.setLocalDescription();
        if (this.pc === pc) this.describe(pc);
      }
      this.collect(pc);
    }
  }

  /** Puts what we send into the connection, and takes out what we do not. */
  private attach(pc: RTCPeerConnection): void {
    const wanted = new Map<string, Slot>();
    for (const [kind, stream] of this.host.sources())
      for (const track of stream.getTracks())
        if (track.readyState === "live") wanted.set(`${kind}/${track.kind}`, { kind, track });
    for (const [name, { transceiver }] of this.slots) {
      if (wanted.has(name)) continue;
      this.slots.delete(name);
      void transceiver.sender.replaceTrack(null);
    }
    for (const [name, slot] of wanted) {
      const had = this.slots.get(name);
      if (had) {
        if (had.slot.track !== slot.track) void had.transceiver.sender.replaceTrack(slot.track).catch(() => undefined);
        had.slot = slot;
        continue;
      }
      const taken = new Set([...this.slots.values()].map((one) => one.transceiver));
      const free = pc
        .getTransceivers()
        .find((t) => !taken.has(t) && t.receiver.track.kind === slot.track.kind && t.currentDirection !== "stopped");
      const transceiver =
        free ?? pc.addTransceiver(slot.track.kind, { direction: directionOf(this.maySend, this.mayReceive) });
      void transceiver.sender.replaceTrack(slot.track).catch(() => undefined);
      this.slots.set(name, { slot, transceiver });
    }
    const direction = directionOf(this.maySend, this.mayReceive);
    for (const transceiver of pc.getTransceivers())
      if (transceiver.currentDirection !== "stopped" && transceiver.direction !== direction)
        transceiver.direction = direction;
    // What is switched on or off is told without describing the connection anew.
    const sends = this.sends();
    if (pc.remoteDescription && pc.signalingState === "stable" && JSON.stringify(sends) !== this.toldSends) {
      this.toldSends = JSON.stringify(sends);
      this.outbox.say("sends", { session: this.session, sends });
    }
  }

  /** What arrives now, by kind; the streams stay the same objects, so that players go on. */
  private collect(pc: RTCPeerConnection): void {
    const arriving = new Map<TrackKind, Set<MediaStreamTrack>>();
    for (const { mid, currentDirection, receiver } of pc.getTransceivers()) {
      const kind = mid === null ? undefined : this.remoteSends[mid];
      if (!kind || !TRACK_KINDS.includes(kind) || !currentDirection?.includes("recv")) continue;
      arriving.set(kind, (arriving.get(kind) ?? new Set()).add(receiver.track));
    }
    for (const kind of TRACK_KINDS) {
      const tracks = arriving.get(kind);
      const stream = this.streams.get(kind);
      if (!tracks) {
        this.streams.delete(kind);
        continue;
      }
      const here = stream ?? new MediaStream();
      for (const track of here.getTracks()) if (!tracks.has(track)) here.removeTrack(track);
      for (const track of tracks) here.addTrack(track);
      this.streams.set(kind, here);
    }
    this.changed();
  }

  /** What we send and how: for those who set its rates. */
  senders(): { kind: TrackKind; sender: RTCRtpSender }[] {
    return [...this.slots.values()].map(({ slot, transceiver }) => ({ kind: slot.kind, sender: transceiver.sender }));
  }
}

function directionOf(sends: boolean, receives: boolean): RTCRtpTransceiverDirection {
  if (sends) return receives ? "sendrecv" : "sendonly";
  return receives ? "recvonly" : "inactive";
}
