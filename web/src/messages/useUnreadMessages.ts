import { useCallback, useEffect, useState } from "react";
import { useOnReturn, useTold } from "../attend/index.ts";
import { UnreadMessagesDocument } from "../gql/graphql.ts";
import { send } from "../platform/graph/send.ts";

/** How many messages at the event this person has not seen; asked again when something is said or read. */
export function useUnreadMessages(event: string): number {
  const [count, setCount] = useState(0);
  const [asked, setAsked] = useState(0);
  const again = useCallback(() => setAsked((times) => times + 1), []);
  useOnReturn(event, again);
  useTold(event, "message", again);
  useTold(event, "read", again);
  useTold(event, "conversation", again);
  useEffect(() => {
    if (asked === 0) return;
    let wanted = true;
    void send(UnreadMessagesDocument, { event })
      .then(({ unreadMessages }) => wanted && setCount(unreadMessages))
      .catch(() => undefined);
    return () => {
      wanted = false;
    };
  }, [event, asked]);
  return count;
}
