import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { MyReactionsDocument } from "../gql/graphql.ts";
import { send } from "../platform/graph/send.ts";
import type { LiveRoom, RoomView } from "./live.ts";
import { type Refusal, refusalOf } from "./wire.ts";

/** What a person does about messages, and with what they react to them. */
export interface ChatActions {
  mine: ReadonlyMap<number, ReadonlySet<string>>;
  /** Why the last act was refused; undefined once another one was done. */
  trouble: string | undefined;
  react(message: number, emoji: string): void;
  edit(message: number, text: string): void;
  remove(message: number): void;
  pin(message: number, on: boolean): void;
}

/** Acts in the room. A reaction shows at once and is taken back when the server does not want it. */
export function useChatActions(live: LiveRoom, view: RoomView, unable: string): ChatActions {
  const [mine, setMine] = useState<ReadonlyMap<number, ReadonlySet<string>>>(new Map());
  const [trouble, setTrouble] = useState<string>();
  const latest = useRef(mine);
  latest.current = mine;
  // Only where somebody reacted at all: most rooms need not ask.
  const any = view.log.entries.some(({ now }) => now?.reactions);
  useEffect(() => {
    if (!any) return;
    send(MyReactionsDocument, { room: live.room }).then(
      ({ myReactions }) => {
        const found = new Map<number, Set<string>>();
        for (const { message, emoji } of myReactions) found.set(message, (found.get(message) ?? new Set()).add(emoji));
        setMine(found);
      },
      () => undefined, // What one pressed is not lit then; counts are right all the same.
    );
  }, [any, live]);
  const act = useCallback(
    async (about: string, data: object) => {
      try {
        await live.act(about, data);
        setTrouble(undefined);
        return true;
      } catch (error) {
        const refusal: Refusal | undefined = refusalOf(error);
        setTrouble(refusal?.message ?? unable);
        return false;
      }
    },
    [live, unable],
  );
  return useMemo(() => {
    const put = (message: number, emoji: string, on: boolean) =>
      setMine((before) => {
        const set = new Set(before.get(message));
        if (on) set.add(emoji);
        else set.delete(emoji);
        return new Map(before).set(message, set);
      });
    return {
      mine,
      trouble,
      react(message, emoji) {
        const on = !latest.current.get(message)?.has(emoji);
        put(message, emoji, on);
        void act("react-to", { message, emoji, on }).then((done) => done || put(message, emoji, !on));
      },
      edit: (message, text) => void act("edit", { message, id: crypto.randomUUID(), text }),
      remove: (message) => void act("remove", { message, id: crypto.randomUUID() }),
      pin: (message, on) => void act("pin", { message, id: crypto.randomUUID(), on }),
    };
  }, [mine, trouble, act]);
}
