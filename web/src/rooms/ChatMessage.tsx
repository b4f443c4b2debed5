import type { ReactNode } from "react";
import { ModerateButton } from "../moderation/ModerateButton.tsx";
import { Avatar, Button, Icon } from "../platform/components/index.ts";
import { formatNumber, formatTime } from "../platform/time/format.ts";
import type { Emoji } from "./chatMessages.ts";
import { MessageText, Preview } from "./MessageText.tsx";
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
  /** It calls or answers the reader. */
  forYou: boolean;
  /** Names of those whom it calls. */
  names: readonly string[];
  /** With what the reader reacts to it. */
  mine: ReadonlySet<string> | undefined;
  onReact: (emoji: string) => void;
  onQuote: (message: number) => void;
  tools: ReactNode;
}

/** One message. The role is a word, the tint repeats it. */
export function ChatMessage({ entry, own, together, forYou, names, mine, onReact, onQuote, tools }: ChatMessageProps) {
  const { t } = useText();
  const staff = entry.role !== "attendee";
  const { now, quote } = entry;
  const removed = now?.removed;
  const look = [
    "msg",
    own ? "own" : together && "cont",
    !own && staff && "staff",
    removed && "deleted",
    forYou && "for-you",
    now?.pinned && "pinned",
  ];
  return (
    <div className={look.filter(Boolean).join(" ")} data-message={entry.id}>
      {!own && !together && <Avatar name={entry.name} />}
      <p className={together ? "who sr" : "who"}>
        {own && <Time at={entry.at} />}
        <b>{own ? t("chat.you") : entry.name}</b>
        {!own && staff && <span className="badge accent">{t(`chat.role.${entry.role}`)}</span>}
        {!own && <Time at={entry.at} />}
        {!own && <ModerateButton person={entry.person} name={entry.name} />}
      </p>
      {quote && !removed && (
        <button type="button" className="quote" onClick={() => onQuote(quote.message)}>
          <Icon name="reply" size="sm" />
          <span className="sr">{t("chat.answers")}</span>
          <span className="trunc">
            {quote.name}: {quote.text ?? t("chat.quoteGone")}
          </span>
        </button>
      )}
      <p className="text" dir="auto">
        {removed ? (
          t(removed === "author" ? "chat.removedByAuthor" : "chat.removedByStaff")
        ) : (
          <MessageText text={entry.text ?? ""} names={names} />
        )}
        {now?.editedAt && !removed && <span className="edited tiny"> {t("chat.edited")}</span>}
      </p>
      {now?.preview && !removed && <Preview preview={now.preview} />}
      {now?.reactions && !removed && (
        <div className="reacts">
          {Object.entries(now.reactions).map(([emoji, count]) => (
            <button
              type="button"
              key={emoji}
              className="react"
              aria-pressed={mine?.has(emoji) ?? false}
              aria-label={t("chat.reacted", { emoji: t(`chat.emoji.${emoji as Emoji}`), count })}
              onClick={() => onReact(emoji)}
            >
              <span aria-hidden="true">{emoji}</span> {formatNumber(count)}
            </button>
          ))}
        </div>
      )}
      {tools}
    </div>
  );
}

function Time({ at }: { at: number }) {
  return (
    <time dateTime={new Date(at).toISOString()} className="num">
      {formatTime(at, zone)}
    </time>
  );
}

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
      {post.reply && (
        <p className="quote">
          <Icon name="reply" size="sm" />
          <span className="trunc">
            {post.reply.name}: {post.reply.text}
          </span>
        </p>
      )}
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

/** From here on it is new to the reader. */
export function UnreadNote() {
  const { t } = useText();
  return <p className="nowline unread-line">{t("chat.newFromHere")}</p>;
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
