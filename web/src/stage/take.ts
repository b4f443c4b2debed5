/**
 * The upload of one take, as a pure state machine. A take is one run of a recorder: bytes 0, 1, 2 … of one file. The
 * socket may break at any time; what the server has not acknowledged is held here and sent again from the offset the
 * server names. Every step answers the new state and what the socket is to do.
 */

/** At most this much unacknowledged recording is held, in milliseconds; beyond it the take is given up for a new one. */
export const HOLD_MS = 60_000;
/** Upload speed is measured over this long, in milliseconds. */
export const RATE_WINDOW_MS = 5_000;

interface Piece {
  /** Offset of its first byte in the take. */
  start: number;
  bytes: Uint8Array<ArrayBuffer>;
  /** When it was recorded, Unix milliseconds. */
  at: number;
}

export type TakePhase =
  /** No socket, or one whose server has not answered yet. */
  | "waiting"
  /** The server named its offset; bytes flow. */
  | "flowing"
  /** Everything is on the server's disk and the recorder is done. */
  | "done"
  /** This take cannot go on; the next one starts at zero. */
  | "given-up";

export interface Take {
  readonly id: string;
  readonly container: string;
  readonly phase: TakePhase;
  /** Held pieces, without gaps; the first may be partly acknowledged. */
  readonly pieces: readonly Piece[];
  /** Bytes recorded so far. */
  readonly end: number;
  /** Bytes the server has on disk. */
  readonly acknowledged: number;
  /** The recorder has stopped: when everything is acknowledged, the take is done. */
  readonly complete: boolean;
  /** Acknowledgements of the last seconds, for the speed. */
  readonly marks: readonly { at: number; offset: number }[];
}

/** What the socket is to do after a step. */
export type TakeCommand =
  | { do: "hello"; text: string }
  | { do: "send"; bytes: Uint8Array<ArrayBuffer> }
  | { do: "close" };

export interface TakeStep {
  take: Take;
  commands: readonly TakeCommand[];
}

const step = (take: Take, ...commands: TakeCommand[]): TakeStep => ({ take, commands });

export function startTake(id: string, container: string): Take {
  return { id, container, phase: "waiting", pieces: [], end: 0, acknowledged: 0, complete: false, marks: [] };
}

/**
 * A socket is open: say which take this is and where we believe it stands.
 * @param peer Of this window in the call of the backstage: the plan may name another as the one that uploads.
 */
export function socketOpened(take: Take, peer?: string): TakeStep {
  const { id, container, acknowledged } = take;
  return step(
    { ...take, phase: "waiting" },
    { do: "hello", text: JSON.stringify({ take: id, container, offset: acknowledged, peer }) },
  );
}

/** The socket is gone; nothing is lost, because what it carried unacknowledged is still held. */
export function socketClosed(take: Take): Take {
  return take.phase === "flowing" ? { ...take, phase: "waiting" } : take;
}

/** The server told how much is on its disk. The first time after `socketOpened`, the rest follows from there. */
export function offsetTold(take: Take, offset: number, now: number): TakeStep {
  if (take.phase !== "waiting" && take.phase !== "flowing") return step(take);
  const held = take.pieces[0]?.start ?? take.end;
  // Less than what we still hold, or more than there is: this server does not know our take.
  if (offset < held || offset > take.end) return step({ ...take, phase: "given-up", pieces: [] }, { do: "close" });
  const acknowledged = Math.max(take.phase === "flowing" ? take.acknowledged : 0, offset);
  const told: Take = {
    ...take,
    phase: "flowing",
    acknowledged,
    pieces: take.pieces.filter((piece) => piece.start + piece.bytes.length > acknowledged),
    marks: [...take.marks.filter((mark) => now - mark.at <= RATE_WINDOW_MS), { at: now, offset: acknowledged }],
  };
  if (told.complete && acknowledged === told.end) return step({ ...told, phase: "done" }, { do: "close" });
  if (take.phase === "flowing") return step(told);
  const resend = told.pieces.map((piece): TakeCommand => {
    const skip = Math.max(0, acknowledged - piece.start);
    return { do: "send", bytes: skip === 0 ? piece.bytes : piece.bytes.slice(skip) };
  });
  return step(told, ...resend);
}

/** The recorder made more of the file. */
export function recorded(take: Take, bytes: Uint8Array<ArrayBuffer>, now: number): TakeStep {
  if (take.phase === "given-up" || take.phase === "done" || bytes.length === 0) return step(take);
  const grown: Take = {
    ...take,
    end: take.end + bytes.length,
    pieces: [...take.pieces, { start: take.end, bytes, at: now }],
  };
  if (unacknowledgedMs(grown, now) > HOLD_MS) return step({ ...grown, phase: "given-up", pieces: [] }, { do: "close" });
  return take.phase === "flowing" ? step(grown, { do: "send", bytes }) : step(grown);
}

/** The recorder stopped; the take is done as soon as the last byte is acknowledged. */
export function recorderStopped(take: Take): TakeStep {
  const complete: Take = { ...take, complete: true };
  if (take.phase === "flowing" && take.acknowledged === take.end)
    return step({ ...complete, phase: "done" }, { do: "close" });
  return step(complete);
}

/** The server refused to continue this take; recording starts anew. */
export function newTakeAsked(take: Take): TakeStep {
  return step({ ...take, phase: "given-up", pieces: [] }, { do: "close" });
}

/** Age of the oldest recording the server does not have yet, in milliseconds. */
export function unacknowledgedMs(take: Take, now: number): number {
  const oldest = take.pieces[0];
  return oldest ? now - oldest.at : 0;
}

/** Speed of what arrives on the server's disk, in kbit/s, over the last seconds. */
export function uploadKbps(take: Take, now: number): number {
  const marks = take.marks.filter((mark) => now - mark.at <= RATE_WINDOW_MS);
  const first = marks[0];
  const last = marks.at(-1);
  if (!first || !last) return 0;
  const seconds = Math.max(1, (now - first.at) / 1000);
  return ((last.offset - first.offset) * 8) / 1000 / seconds;
}
