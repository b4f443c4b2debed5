import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { AnswerHandDocument, HandDocument, LowerHandDocument, RaiseHandDocument } from "../gql/graphql.ts";
import { useToast } from "../platform/components/index.ts";
import { refusalOf } from "../platform/graph/refusal.ts";
import { send } from "../platform/graph/send.ts";
import { type Hand, handTold } from "./hand.ts";
import type { LiveRoom } from "./live.ts";
import type { RoomOfPage } from "./RoomPage.tsx";
import { useRoomView } from "./useLiveRoom.ts";
import type { Told } from "./wire.ts";

/** This person's hand: where it stands, and what they can do with it. */
export interface HandState {
  hand: Hand | undefined;
  /** Id of the room behind the stage, once they may go there. */
  backstage: string | undefined;
  pending: boolean;
  refusal: string | undefined;
  raise: () => void;
  /** Down again, which takes who is backstage back to the room. */
  lower: () => void;
  decline: () => void;
  /** Agrees to be seen, heard and recorded, and goes backstage. */
  accept: () => void;
}

/** A raised hand, from the room to the stage and back. What was missed while away is asked again. */
export function useHand(room: RoomOfPage, live: LiveRoom): HandState {
  const toast = useToast();
  const { state } = useRoomView(live);
  const [hand, setHand] = useState<Hand | undefined>(room.stage?.hand ?? undefined);
  const [backstage, setBackstage] = useState<string>();
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const isStage = room.kind === "STAGE" && !room.viewerMayBroadcast;

  const look = useCallback(async () => {
    const answer = await send(HandDocument, { event: room.event.slug, slug: room.slug }).catch(() => undefined);
    if (!answer) return;
    setHand(answer.room?.stage?.hand ?? undefined);
    setBackstage(answer.room?.stage?.hand ? answer.room.stage.backstage?.id : undefined);
  }, [room.event.slug, room.slug]);

  useEffect(
    () =>
      live.hear<Told>("Told", (told) => {
        if (told.room !== room.id || told.about !== "hand") return;
        const now = handTold(told.data);
        setHand(now);
        if (now?.state !== "ACCEPTED") setBackstage(undefined);
      }),
    [live, room.id],
  );
  // Who was backstage and loads the page anew is there again.
  const lost = hand?.state === "ACCEPTED" && !backstage;
  useEffect(() => {
    if (lost) void look();
  }, [lost, look]);
  const was = useRef(state);
  useEffect(() => {
    if (isStage && state === "live" && was.current === "reconnecting") void look();
    was.current = state;
  }, [isStage, state, look]);

  const act = useCallback(
    async (run: () => Promise<unknown>, said: boolean) => {
      setPending(true);
      setRefusal(undefined);
      try {
        await run();
        await look();
      } catch (error) {
        const { message } = refusalOf(error);
        setRefusal(message);
        if (!said) toast({ text: message, icon: "warn" });
        await look();
      } finally {
        setPending(false);
      }
    },
    [look, toast],
  );
  return useMemo(() => {
    const here = { room: room.id };
    return {
      hand,
      backstage,
      pending,
      refusal,
      raise: () => void act(() => send(RaiseHandDocument, here), false),
      lower: () => void act(() => send(LowerHandDocument, here), false),
      decline: () => void act(() => send(AnswerHandDocument, { ...here, accept: false }), false),
      accept: () => void act(() => send(AnswerHandDocument, { ...here, accept: true, recording: true }), true),
    };
  }, [room.id, hand, backstage, pending, refusal, act]);
}
