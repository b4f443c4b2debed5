import { useCallback, useEffect, useState } from "react";
import { useOnReturn, useTold } from "../attend/index.ts";
import { type ConversationPartsFragment, ConversationsDocument } from "../gql/graphql.ts";
import { type Refusal, refusalOf } from "../platform/graph/refusal.ts";
import { send } from "../platform/graph/send.ts";

type Plain<T> = Omit<T, "__typename">;

export interface Conversation extends Omit<Plain<ConversationPartsFragment>, "members"> {
  members: readonly Plain<ConversationPartsFragment["members"][number]>[];
}

/** This person's conversations at the event, the latest first; asked again when something happens in one. */
export function useConversations(event: string) {
  const [conversations, setConversations] = useState<readonly Conversation[]>();
  const [refusal, setRefusal] = useState<Refusal>();
  const [asked, setAsked] = useState(1);
  const again = useCallback(() => setAsked((times) => times + 1), []);
  useOnReturn(event, again);
  useTold(event, "message", again);
  useTold(event, "read", again);
  useTold(event, "conversation", again);
  useEffect(() => {
    if (asked === 0) return;
    let wanted = true;
    void send(ConversationsDocument, { event })
      .then((answer) => wanted && setConversations(answer.conversations))
      .catch((error: unknown) => wanted && setRefusal(refusalOf(error)));
    return () => {
      wanted = false;
    };
  }, [event, asked]);
  return { conversations, refusal, again };
}

/** Whom a conversation is with, and what it is called. */
export function partners(conversation: Pick<Conversation, "members" | "title" | "group">, me: string) {
  const others = conversation.members.filter(({ card }) => card.person !== me);
  const name = conversation.title || others.map(({ card }) => card.name).join(", ");
  return { others, name, picture: conversation.group ? undefined : others[0]?.card.picture };
}
