import { useEffect, useRef } from "react";
import type { ReplayQuery } from "../gql/graphql.ts";
import { Avatar } from "../platform/components/index.ts";
import type { Question } from "../questions/questions.ts";
import { ReplayMoment } from "../questions/ReplayMoment.tsx";
import { clock } from "../rooms/time.ts";
import { useText } from "./text.ts";

type Message = NonNullable<ReplayQuery["replay"]>["chat"][number];

/** The latest messages before the moment that stay in sight. */
const SHOWN = 150;

/** Seconds by which a message may be early: players round their clock, and whoever jumps to a message must see it. */
const EARLY = 0.1;

interface ReplayChatProps {
  chat: readonly Message[];
  /** Asked on the replay. */
  questions: readonly Question[];
  time: number;
  onSeek: (time: number) => void;
}

/** What the room said at this moment of the talk, and what was asked about it since. */
export function ReplayChat({ chat, questions, time, onSeek }: ReplayChatProps) {
  const { t } = useText();
  const log = useRef<HTMLDivElement>(null);
  const said = [
    ...chat.map((message) => ({ id: message.id, at: message.atSeconds, message, question: undefined })),
    ...questions.map((question) => ({ id: question.id, at: question.replaySecond ?? 0, message: undefined, question })),
  ]
    .filter(({ at }) => at <= time + EARLY)
    .sort((one, other) => one.at - other.at);
  const count = said.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows when a message's moment comes
  useEffect(() => {
    log.current?.scrollTo({ top: log.current.scrollHeight });
  }, [count]);
  const first = chat[0];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
    <div className="log chat" ref={log} role="log" aria-label={t("replay.chat")} tabIndex={0} data-testid="replay-chat">
      {chat.length + questions.length === 0 && (
        <div className="empty chat-empty">
          <p className="h4">{t("replay.noChat")}</p>
          <p className="small">{t("replay.noChatText")}</p>
        </div>
      )}
      {first && count === 0 && (
        <p className="muted small replay-before">{t("replay.before", { at: clock(first.atSeconds * 1000) })}</p>
      )}
      {said.slice(-SHOWN).map(({ id, message, question }) =>
        question ? (
          <ReplayMoment key={id} question={question} onSeek={onSeek} />
        ) : (
          <div className="msg" key={id}>
            <Avatar name={message.author} />
            <p className="who">
              <b>{message.author}</b>
              <button
                type="button"
                className="replay-at num"
                aria-label={t("replay.jump", { at: clock(message.atSeconds * 1000) })}
                onClick={() => onSeek(message.atSeconds)}
              >
                {clock(message.atSeconds * 1000)}
              </button>
            </p>
            <p className="text" dir="auto">
              {message.text}
            </p>
          </div>
        ),
      )}
      <p className="nowline" aria-live="off">
        {t("replay.now")} <span className="num">{clock(time * 1000)}</span>
      </p>
    </div>
  );
}
