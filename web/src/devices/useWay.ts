import { useEffect, useState } from "react";
import { findWay, type IceServerNow, type Way } from "./way.ts";

/** Which way pictures and voices take from here. */
export function useWay(servers: readonly IceServerNow[] = NONE): { state: Way | "wait"; again: () => void } {
  const [state, setState] = useState<Way | "wait">("wait");
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn looks again
  useEffect(() => {
    const leaving = new AbortController();
    setState("wait");
    findWay(servers, leaving.signal)
      .then((way) => !leaving.signal.aborted && setState(way))
      .catch(() => !leaving.signal.aborted && setState("blocked"));
    return () => leaving.abort();
  }, [servers, turn]);
  return { state, again: () => setTurn((before) => before + 1) };
}

const NONE: readonly IceServerNow[] = [];
