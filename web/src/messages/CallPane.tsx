import { useEffect, useState } from "react";
import { useCallLine, useTold } from "../attend/index.ts";
import { CallView } from "../calls/CallView.tsx";
import { useConversation } from "../calls/useConversation.ts";
import { RingDocument, type Ringing } from "../gql/graphql.ts";
import { send } from "../platform/graph/send.ts";
import type { ToldRing } from "./Rings.tsx";
import { useText } from "./text.ts";
import { type Conversation, partners } from "./useConversations.ts";

const RING_EVERY_MS = 4_000;
const RING_FOR_MS = 45_000;

interface CallPaneProps {
  event: { id: string };
  me: { id: string; name: string };
  conversation: Conversation;
  /** We began it: the others are rung for until somebody comes. */
  rings: boolean;
  onLeave: () => void;
}

/** The call of a conversation, over its messages. */
export default function CallPane({ event, me, conversation, rings, onLeave }: CallPaneProps) {
  const { t } = useText();
  const { id } = conversation;
  const { name, others } = partners(conversation, me.id);
  const line = useCallLine(event.id, id);
  const call = useConversation(line, { cameras: "mutual" });
  const alone = call.peers.length === 0;
  const [state, setState] = useState<"calling" | "declined" | "no-answer">("calling");
  const ringing = rings && alone && state === "calling" && call.now.state === "in";
  useEffect(() => {
    if (!ringing) return;
    const say = (said: Ringing) => void send(RingDocument, { conversation: id, state: said }).catch(() => undefined);
    say("RINGING");
    const again = setInterval(() => say("RINGING"), RING_EVERY_MS);
    const givesUp = setTimeout(() => setState("no-answer"), RING_FOR_MS);
    return () => {
      clearInterval(again);
      clearTimeout(givesUp);
      say("ENDED");
    };
  }, [ringing, id]);
  useTold<ToldRing>(event.id, "ring", (told) => {
    if (told.conversation === id && told.state === "declined" && told.person !== me.id && !conversation.group)
      setState("declined");
  });
  const words = {
    calling: t("calling", { name }),
    declined: t("declined", { name }),
    "no-answer": t("noAnswer", { name }),
  };
  return (
    <div className="call-place">
      <CallView
        conversation={call}
        name={me.name}
        label={t("callWith", { name })}
        pictureOf={(person) => others.find(({ card }) => card.person === person)?.card.picture}
        waiting={<p role="status">{words[rings ? state : "calling"]}</p>}
        onLeave={onLeave}
        onOver={onLeave}
      />
    </div>
  );
}
