import { useCallback, useState } from "react";
import { ChatLog } from "./ChatLog.tsx";
import { Composer } from "./Composer.tsx";
import type { LiveRoom, RoomView } from "./live.ts";

interface ChatProps {
  live: LiveRoom;
  view: RoomView;
  unread: number;
  onAtNewest: (atNewest: boolean) => void;
}

/** What people say in a room, and saying something. */
export function Chat({ live, view, unread, onAtNewest }: ChatProps) {
  const [draft, setDraft] = useState("");
  const edit = useCallback(
    (id: string, text: string) => {
      live.discardPost(id);
      setDraft((before) => (before ? `${before} ${text}` : text));
      document.getElementById("composer")?.focus();
    },
    [live],
  );
  return (
    <>
      <ChatLog live={live} view={view} unread={unread} onAtNewest={onAtNewest} onEdit={edit} />
      <Composer draft={draft} onDraft={setDraft} onSay={(text) => live.post(text)} />
    </>
  );
}
