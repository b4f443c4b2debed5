import { memo } from "react";
import { ModerateButton } from "../moderation/ModerateButton.tsx";
import { Avatar, Button, Icon } from "../platform/components/index.ts";
import { formatNumber, formatTime } from "../platform/time/format.ts";
import type { OutgoingPost } from "./outbox.ts";
import type { LeftOut } from "./rows.ts";
import { useText } from "./text.ts";
import type { Entry } from "./wire.ts";

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

interface ChatMessageProps {
  entry: Entry;
  own: boolean;
  /** Under the name of the message before it. */
  together: boolean;
}

/** One message. The role is a word, the tint repeats it. */
export const ChatMessage = memo(function ChatMessage({ entry, own, together }: ChatMessageProps) {
  const { t } = useText();
  const staff = entry.role !== "attendee";
  const time = (
    <time dateTime={new Date(entry.at).toISOString()} className="num">
      {formatTime(entry.at, zone)}
    </time>
  );
  if (own) {
    return (
      <div className="msg own" data-message={entry.id}>
        <p className={together ? "who sr" : "who"}>
          {time}
          <b>{t("chat.you")}</b>
        </p>
        <p dir="auto">{entry.text}</p>
      </div>
    );
  }
  return (
    <div className={["msg", staff && "staff", together && "cont"].filter(Boolean).join(" ")} data-message={entry.id}>
      {!together && <Avatar name={entry.name} />}
      <p className={together ? "who sr" : "who"}>
        <b>{entry.name}</b>
        {staff && <span className="badge accent">{t(`chat.role.${entry.role}`)}</span>}
        {time}
        <ModerateButton person={entry.person} name={entry.name} />
      </p>
      <p className="text" dir="auto">
        {entry.text}
      </p>
    </div>
  );
});

interface OutgoingMessageProps {
  post: OutgoingPost;
  connected: boolean;
  onRetry: () => void;
  onDiscard: () => void;
  onEdit: () => void;
}

/** An own message the log does not show yet: dashed until the server has it, with the reason when it does not want it. */
export function OutgoingMessage({ post, connected, onRetry, onDiscard, onEdit }: OutgoingMessageProps) {
  const { t } = useText();
  const arrived = post.seq !== undefined;
  return (
    <div className={arrived ? "msg own" : "msg own held"} data-outgoing={post.id}>
      <p className="who">
        <time className="num">{t("chat.now")}</time>
        <b>{t("chat.you")}</b>
      </p>
      <p dir="auto">{post.text}</p>
      {post.refusal ? (
        <div className="refused" role="alert">
          <span className="state bad">
            <Icon name="warn" size="sm" />
            {post.refusal.message || t("chat.notSent")}
          </span>
          <span className="row refused-acts">
            <Button variant="quiet" size="sm" onClick={onRetry}>
              {t("chat.retry")}
            </Button>
            <Button variant="ghost" size="sm" onClick={onEdit}>
              {t("chat.edit")}
            </Button>
            <Button variant="ghost" size="sm" onClick={onDiscard}>
              {t("chat.discard")}
            </Button>
          </span>
        </div>
      ) : (
        !arrived && (
          <span className="state">
            <Icon name="clock" size="sm" />
            {post.held ? t("chat.held") : connected ? t("chat.sending") : t("chat.waiting")}
          </span>
        )
      )}
    </div>
  );
}

/** What happened on the stage, between the messages. */
export function StageNote({ entry }: { entry: Entry }) {
  const { t } = useText();
  const state = entry.stage?.state ?? "dark";
  return (
    <p className="nowline">
      {t(`chat.stage.${state}`, { name: entry.stage?.speaker || entry.name })} <time>{formatTime(entry.at, zone)}</time>
    </p>
  );
}

/** More was said here than is shown. Its number grows while the room is busy, which nobody wants read out each time. */
export function LeftOutNote({ left }: { left: LeftOut }) {
  const { t } = useText();
  const { count, now } = left;
  return (
    <p className="nowline num" aria-live="off" data-testid="left-out">
      {t(now ? "chat.leftNow" : "chat.left", { count, number: formatNumber(count) })}
    </p>
  );
}
