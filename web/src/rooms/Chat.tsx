import { useCallback, useEffect, useState } from "react";
import { useToast } from "../platform/components/index.ts";
import { ChatLog } from "./ChatLog.tsx";
import { Composer } from "./Composer.tsx";
import type { LiveRoom, RoomView } from "./live.ts";
import { useText } from "./text.ts";
import type { Told } from "./wire.ts";

interface ChatProps {
  live: LiveRoom;
  view: RoomView;
  unread: number;
  onAtNewest: (atNewest: boolean) => void;
  /** Who reads along, when it is not the whole room. */
  to?: "crew";
  /** Put into the field, with the focus, whenever it changes: whom to write to. */
  begin?: string | undefined;
}

/** What people say in a room, and saying something. */
export function Chat({ live, view, unread, onAtNewest, to, begin }: ChatProps) {
  const { t } = useText();
  const [draft, setDraft] = useState("");
  useEffect(() => {
    if (!begin) return;
    setDraft((before) => (before.startsWith(begin) ? before : begin + before));
    document.getElementById("composer")?.focus();
  }, [begin]);
  const toast = useToast();
  useEffect(
    () =>
      live.hear<Told>("Told", ({ about, data }) => {
        if (about !== "held") return;
        const { id, reason } = JSON.parse(data) as { id: string; reason?: string };
        live.discardPost(id);
        toast({ text: [t("chat.declined"), reason].filter(Boolean).join(" "), icon: "warn" });
      }),
    [live, toast, t],
  );
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
      <ChatLog live={live} view={view} unread={unread} onAtNewest={onAtNewest} onEdit={edit} to={to} />
      <Composer draft={draft} onDraft={setDraft} onSay={(text) => live.post(text)} to={to} />
    </>
  );
}
