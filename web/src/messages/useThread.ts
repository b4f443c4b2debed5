import { useCallback, useEffect, useRef, useState } from "react";
import { useOnReturn, useTold } from "../attend/index.ts";
import { MessagesDocument, ReadMessagesDocument, SendMessageDocument } from "../gql/graphql.ts";
import { refusalOf } from "../platform/graph/refusal.ts";
import { send } from "../platform/graph/send.ts";
import { backoffMs, waitToRetry } from "../rooms/backoff.ts";
import { type Message, merged, type Outgoing, type ToldMessage, unreadTo, waiting } from "./thread.ts";

/** Messages of one page, as the server has them. */
const PAGE = 50;
/** A message that fails this often is shown as failed, with its text. */
const ATTEMPTS = 6;

interface To {
  event: string;
  /** Undefined until something was said. */
  conversation: string | undefined;
  person: string | undefined;
}

/** The messages of a conversation, and those that are on their way to it. */
export function useThread(to: To, me: string, readTo: number, onBegun: (conversation: string) => void) {
  const { event, conversation, person } = to;
  const [held, setHeld] = useState<readonly Message[]>([]);
  const [more, setMore] = useState(false);
  const [outgoing, setOutgoing] = useState<readonly Outgoing[]>([]);
  const [loaded, setLoaded] = useState(false);
  const ending = useRef<AbortController>(undefined);
  useEffect(() => {
    ending.current = new AbortController();
    return () => ending.current?.abort();
  }, []);

  const load = useCallback(
    async (before?: number) => {
      if (!conversation) return setLoaded(true);
      const answer = await send(MessagesDocument, { conversation, before: before ?? null }).catch(() => undefined);
      setLoaded(true);
      if (!answer) return;
      setHeld((now) => merged(now, answer.messages));
      setMore((now) => (before === undefined && now ? now : answer.messages.length === PAGE));
    },
    [conversation],
  );
  useEffect(() => void load(), [load]);
  useOnReturn(event, () => void load());
  useTold<ToldMessage>(event, "message", (told) => {
    if (told.conversation === conversation) setHeld((now) => merged(now, [told]));
  });

  const unread = unreadTo(held, me, readTo);
  useEffect(() => {
    if (!conversation || unread === undefined) return;
    const read = () => {
      if (document.visibilityState === "visible")
        void send(ReadMessagesDocument, { conversation, to: unread }).catch(() => undefined);
    };
    read();
    document.addEventListener("visibilitychange", read);
    return () => document.removeEventListener("visibilitychange", read);
  }, [conversation, unread]);

  const dispatch = async (message: Outgoing) => {
    const { id, text, files } = message;
    const whereTo = conversation ? { conversation } : { event, person: person ?? null };
    const signal = ending.current?.signal ?? new AbortController().signal;
    for (let attempt = 0; !signal.aborted; ) {
      try {
        const input = { id, ...whereTo, text, files: files.map((file) => file.id) };
        const { sendMessage } = await send(SendMessageDocument, { input });
        setHeld((now) => merged(now, [sendMessage]));
        if (!conversation) onBegun(sendMessage.conversation);
        return;
      } catch (error) {
        const refusal = refusalOf(error);
        const later = ["offline", "unknown", "too-many-requests"].includes(refusal.code) || !navigator.onLine;
        if (!later || ++attempt >= ATTEMPTS) {
          setOutgoing((now) => now.map((one) => (one.id === id ? { ...one, refusal: refusal.message } : one)));
          return;
        }
        await waitToRetry(500 + backoffMs(attempt), signal);
      }
    }
  };

  return {
    messages: held,
    outgoing: waiting(outgoing, held),
    more,
    loaded,
    older: () => void load(held[0]?.number),
    say: (text: string, files: Outgoing["files"]) => {
      const message = { id: crypto.randomUUID(), text, files };
      setOutgoing((now) => [...now, message]);
      void dispatch(message);
    },
    retry: (message: Outgoing) => {
      const { refusal: _, ...again } = message;
      setOutgoing((now) => now.map((one) => (one.id === message.id ? again : one)));
      void dispatch(again);
    },
    discard: (message: Outgoing) => setOutgoing((now) => now.filter((one) => one.id !== message.id)),
  };
}
