import type { Hub } from "./hub";

/** A server that takes longer to open a connection, or to answer a join, is given up for the next attempt. */
export const CONNECT_TIMEOUT_MS = 10_000;

/** One connection of the room. There are two for a moment, while we move from one process to another. */
export interface Line {
  readonly hub: Hub;
  /** Resolves when it is lost, or was hung up. */
  readonly closed: Promise<void>;
  lost: boolean;
  /** What came before this line was the room's, kept until it is; undefined once it was left. */
  waiting: (() => void)[] | undefined;
  joining: boolean;
  /** What it passes on to slices above. */
  readonly passedOn: Set<string>;
  /** Ends when the move away from this line succeeded or was given up. */
  leaving: Promise<void> | undefined;
}

/** Watches over a connection that is to be made. */
export function lineOf(hub: Hub): Line {
  let gone = () => {};
  const closed = new Promise<void>((resolve) => {
    gone = resolve;
  });
  const line: Line = { hub, closed, lost: false, waiting: [], joining: false, passedOn: new Set(), leaving: undefined };
  hub.onclose(() => {
    line.lost = true;
    gone();
  });
  return line;
}

/** Lets go of a connection, whatever state it is in. */
export function hangUp(line: Line | undefined): void {
  void line?.hub.stop().catch(() => undefined);
}

/** Gives the connection up when its server takes too long. */
export function within<T>(line: Line, work: Promise<T>): Promise<T> {
  const tooLong = setTimeout(() => hangUp(line), CONNECT_TIMEOUT_MS);
  return work.finally(() => clearTimeout(tooLong));
}
