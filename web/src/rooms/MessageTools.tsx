import { useEffect, useState } from "react";
import { ChatHistoryDocument, type ChatHistoryQuery } from "../gql/graphql.ts";
import { Button, Icon } from "../platform/components/index.ts";
import { send } from "../platform/graph/send.ts";
import type { IconName } from "../platform/icons/names.ts";
import { formatTime } from "../platform/time/format.ts";
import { EMOJI } from "./chatMessages.ts";
import { useText } from "./text.ts";
import type { Entry } from "./wire.ts";

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What may be done about one message by this person. */
export interface MessageRights {
  edit: boolean;
  remove: boolean;
  pin: boolean;
  history: boolean;
}

interface MessageToolsProps {
  entry: Entry;
  room: string;
  rights: MessageRights;
  /** Nothing is left to react to. */
  removed: boolean;
  mine: ReadonlySet<string> | undefined;
  onReply: () => void;
  onEdit: () => void;
  onReact: (emoji: string) => void;
  onRemove: () => void;
  onPin: (on: boolean) => void;
}

/** The tools of a message: shown while it is pointed at or has the focus, reached by Tab from the message. */
export function MessageTools({ entry, room, rights, removed, mine, ...act }: MessageToolsProps) {
  const { t } = useText();
  const [open, setOpen] = useState<"emoji" | "remove" | "history">();
  const pinned = entry.now?.pinned === true;
  const tool = (icon: IconName, label: string, onClick: () => void, expanded?: boolean) => (
    <button type="button" aria-label={label} title={label} aria-expanded={expanded} onClick={onClick}>
      <Icon name={icon} size="sm" />
    </button>
  );
  const toggle = (what: typeof open) => () => setOpen((before) => (before === what ? undefined : what));
  return (
    <div className="msg-tools" data-open={open !== undefined || undefined}>
      <div className="tools" role="toolbar" aria-label={t("chat.tools", { name: entry.name })}>
        {!removed && tool("smile", t("chat.react"), toggle("emoji"), open === "emoji")}
        {!removed && tool("reply", t("chat.reply"), act.onReply)}
        {rights.edit && tool("edit", t("chat.editMessage"), act.onEdit)}
        {rights.pin && tool("bookmark", pinned ? t("chat.unpin") : t("chat.pin"), () => act.onPin(!pinned))}
        {rights.history && tool("clock", t("chat.history"), toggle("history"), open === "history")}
        {rights.remove && tool("x", t("chat.remove"), toggle("remove"), open === "remove")}
      </div>
      {open === "emoji" && (
        <div className="emoji-row" role="group" aria-label={t("chat.react")}>
          {EMOJI.map((emoji) => (
            <button
              type="button"
              key={emoji}
              aria-label={t(`chat.emoji.${emoji}`)}
              aria-pressed={mine?.has(emoji) ?? false}
              onClick={() => {
                act.onReact(emoji);
                setOpen(undefined);
              }}
            >
              {emoji}
            </button>
          ))}
        </div>
      )}
      {open === "remove" && (
        <div className="row msg-ask" role="group" aria-label={t("chat.removeAsk")}>
          <span className="tiny">{t("chat.removeAsk")}</span>
          <Button variant="danger" size="sm" onClick={act.onRemove}>
            {t("chat.remove")}
          </Button>
          <Button variant="ghost" size="sm" onClick={() => setOpen(undefined)}>
            {t("chat.keep")}
          </Button>
        </div>
      )}
      {open === "history" && <History room={room} message={entry.seq} />}
    </div>
  );
}

/** What a message said before, for the staff. */
export function History({ room, message }: { room: string; message: number }) {
  const { t } = useText();
  const [deeds, setDeeds] = useState<ChatHistoryQuery["chatHistory"]>();
  useEffect(() => {
    send(ChatHistoryDocument, { room, message }).then(
      ({ chatHistory }) => setDeeds(chatHistory),
      () => setDeeds([]),
    );
  }, [room, message]);
  return (
    <ul className="msg-history tiny" aria-label={t("chat.history")}>
      {deeds?.map((deed) => (
        <li key={deed.id}>
          <b>{t(`chat.deed.${deed.deed as "edit"}`, { name: deed.by })}</b> {formatTime(deed.at, zone)}
          {deed.before && <q>{deed.before}</q>}
        </li>
      ))}
    </ul>
  );
}
