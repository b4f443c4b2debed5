import "./chat.css";
import { useCallback, useEffect, useState } from "react";
import { ChatBeforeDocument } from "../gql/graphql.ts";
import { Icon, useToast } from "../platform/components/index.ts";
import { send } from "../platform/graph/send.ts";
import { ChatLog } from "./ChatLog.tsx";
import { ChatTop } from "./ChatTop.tsx";
import { Composer, type Composing } from "./Composer.tsx";
import { beginning } from "./changes.ts";
import { entryOf } from "./chatMessages.ts";
import type { LiveRoom, RoomView } from "./live.ts";
import { useText } from "./text.ts";
import { useChatActions } from "./useChatActions.ts";
import type { Entry, Told } from "./wire.ts";

/** Pages that are fetched to get to a message; what is farther away is found by searching. */
const MOST_PAGES = 50;

interface ChatProps {
  live: LiveRoom;
  view: RoomView;
  unread: number;
  /** Above the first message after this number stands a line. */
  unreadAfter?: number | undefined;
  onAtNewest: (atNewest: boolean) => void;
  /** Who reads along, when it is not the whole room. */
  to?: "crew";
  /** Put into the field, with the focus, whenever it changes: whom to write to. */
  begin?: string | undefined;
}

/** What people say in a room, and saying something. */
export function Chat({ live, view, unread, unreadAfter, onAtNewest, to, begin }: ChatProps) {
  const { t } = useText();
  const [draft, setDraft] = useState("");
  const [composing, setComposing] = useState<Composing>();
  const [goTo, setGoTo] = useState<{ message: number }>();
  const actions = useChatActions(live, view, t("chat.unable"));
  useEffect(() => {
    if (!begin) return;
    setDraft((before) => (before.startsWith(begin) ? before : begin + before));
    toField();
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
  const again = useCallback(
    (id: string, text: string) => {
      live.discardPost(id);
      setDraft((before) => (before ? `${before} ${text}` : text));
      toField();
    },
    [live],
  );
  const reply = useCallback(({ seq, id, person, name, text }: Entry) => {
    setComposing({ reply: { message: seq, id, name, text: beginning(text ?? ""), ...(person && { person }) } });
    toField();
  }, []);
  const edit = useCallback((entry: Entry) => {
    setComposing({ edit: entry.seq });
    setDraft(entry.text ?? "");
    toField();
  }, []);
  /** Fetches the messages before those that are here; false when there are none, or they cannot be had. */
  const earlier = useCallback(async () => {
    const { entries, seq } = live.current().log;
    const before = entries.find(({ kind }) => kind === "chat")?.seq ?? (seq ?? 0) + 1;
    try {
      const { chatBefore } = await send(ChatBeforeDocument, { room: live.room, before });
      live.addEarlier(chatBefore.map(entryOf));
      return chatBefore.length > 0;
    } catch {
      return false;
    }
  }, [live]);
  const jump = useCallback(
    async (message: number) => {
      const lacks = () => {
        const { entries } = live.current().log;
        return (entries.find(({ kind }) => kind === "chat")?.seq ?? Number.POSITIVE_INFINITY) > message;
      };
      for (let page = 0; page < MOST_PAGES && lacks() && (await earlier()); page++);
      setGoTo({ message });
    },
    [live, earlier],
  );
  // A notice leads here by the address: #m and the number of the message.
  const joined = view.log.seq !== undefined;
  useEffect(() => {
    const follow = () => {
      const message = Number(/^#m(\d+)$/.exec(location.hash)?.[1] ?? 0);
      if (joined && message > 0 && to !== "crew") void jump(message);
    };
    follow();
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, [joined, jump, to]);
  const say = (text: string, mentions: string[]) => {
    if (composing && "edit" in composing) actions.edit(composing.edit, text);
    else live.post(text, { reply: composing?.reply, mentions });
    setComposing(undefined);
  };
  const stop = () => {
    if (composing && "edit" in composing) setDraft("");
    setComposing(undefined);
  };
  return (
    <>
      {to !== "crew" && <ChatTop live={live} view={view} onJump={jump} onEarlier={earlier} />}
      <ChatLog
        live={live}
        view={view}
        unread={unread}
        unreadAfter={unreadAfter}
        onAtNewest={onAtNewest}
        actions={actions}
        goTo={goTo}
        onAgain={again}
        onReply={reply}
        onEdit={edit}
        onJump={jump}
        to={to}
      />
      {actions.trouble && (
        <p className="tiny say-error chat-trouble" role="alert">
          <Icon name="warn" size="sm" />
          {actions.trouble}
        </p>
      )}
      <Composer
        draft={draft}
        onDraft={setDraft}
        onSay={say}
        live={live}
        view={view}
        composing={composing}
        onStop={stop}
        to={to}
      />
    </>
  );
}

function toField() {
  document.getElementById("composer")?.focus();
}
