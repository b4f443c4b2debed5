import { useCallback, useEffect, useRef, useState } from "react";
import { MoveSessionDocument } from "../gql/graphql.ts";
import { useAction } from "../organize/useAction.ts";
import type { Refusal } from "../platform/graph/refusal.ts";
import type { PlacedSession } from "./conflicts.ts";
import { type Place, placeOf, samePlace } from "./places.ts";

/** A move that the server took. */
interface Step {
  id: string;
  title: string;
  from: Place;
  to: Place;
}

export interface Moves {
  /** Places that the server has not answered yet, shown ahead of it. */
  ahead: Readonly<Record<string, Place>>;
  /** Answers true when the server took it. */
  move: (session: PlacedSession, to: Place) => Promise<boolean>;
  /** The step that was undone; undefined when there was none, or somebody else had moved it since. */
  undo: () => Promise<Step | undefined>;
  redo: () => Promise<Step | undefined>;
  canUndo: boolean;
  canRedo: boolean;
  refusal: Refusal | undefined;
}

/**
 * Moves sessions through the server, one after the other, and back again. Each names where the session was seen, so nobody's move is undone
 * unseen: whoever comes second is told and keeps what they see.
 */
export function useMoves(sessions: readonly PlacedSession[]): Moves {
  const { run, refusal } = useAction(MoveSessionDocument);
  const [ahead, setAhead] = useState<Record<string, Place>>({});
  const [past, setPast] = useState<Step[]>([]);
  const [future, setFuture] = useState<Step[]>([]);
  const queue = useRef<Promise<unknown>>(Promise.resolve());
  const onTheWay = useRef(new Map<string, number>());
  const known = useRef(ahead);
  known.current = ahead;

  // What the server says counts as soon as it says something new, except of what is still on its way there.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the sessions are what has changed
  useEffect(() => {
    setAhead((before) => Object.fromEntries(Object.entries(before).filter(([id]) => onTheWay.current.has(id))));
  }, [sessions]);

  const go = useCallback(
    (id: string, from: Place, to: Place): Promise<boolean> => {
      setAhead((before) => ({ ...before, [id]: to }));
      onTheWay.current.set(id, (onTheWay.current.get(id) ?? 0) + 1);
      const sent = queue.current.then(async () => {
        const taken = await run({ input: { id, to, seen: from } });
        const left = (onTheWay.current.get(id) ?? 1) - 1;
        if (left > 0) onTheWay.current.set(id, left);
        else onTheWay.current.delete(id);
        if (!taken) setAhead(({ [id]: _refused, ...others }) => others);
        return taken !== undefined;
      });
      queue.current = sent;
      return sent;
    },
    [run],
  );

  const move = async (session: PlacedSession, to: Place) => {
    const from = known.current[session.id] ?? placeOf(session);
    if (samePlace(from, to)) return true;
    if (!(await go(session.id, from, to))) return false;
    setPast((steps) => [...steps, { id: session.id, title: session.title, from, to }]);
    setFuture([]);
    return true;
  };

  const undo = async () => {
    const step = past.at(-1);
    if (!step) return undefined;
    setPast(past.slice(0, -1)); // also when it is refused: it never comes to fit again
    if (!(await go(step.id, step.to, step.from))) return undefined;
    setFuture((steps) => [...steps, step]);
    return step;
  };

  const redo = async () => {
    const step = future.at(-1);
    if (!step) return undefined;
    setFuture(future.slice(0, -1));
    if (!(await go(step.id, step.from, step.to))) return undefined;
    setPast((steps) => [...steps, step]);
    return step;
  };

  return { ahead, move, undo, redo, canUndo: past.length > 0, canRedo: future.length > 0, refusal };
}
