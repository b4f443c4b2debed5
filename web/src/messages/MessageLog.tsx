import { Fragment, useLayoutEffect, useRef } from "react";
import { lengthOf, type Met } from "../people/between.ts";
import { Avatar } from "../platform/components/Avatar.tsx";
import { Button } from "../platform/components/Button.tsx";
import { Icon } from "../platform/components/Icon.tsx";
import { dayKey, formatDate, formatTime } from "../platform/time/format.ts";
import { useText } from "./text.ts";
import { type Message, type Outgoing, seenBy } from "./thread.ts";
import { type Conversation, partners } from "./useConversations.ts";
import type { useThread } from "./useThread.ts";

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
/** Within this time of each other messages of one person stand under one name. */
const TOGETHER_MS = 5 * 60_000;
/** Whoever is this close to the end reads the newest, and stays there. */
const AT_END_PX = 80;

interface MessageLogProps {
  me: string;
  conversation: Conversation;
  thread: ReturnType<typeof useThread>;
  /** When the two met at a party, in whatever order. */
  met: readonly Met[];
}

/** What was said, the newest at the lower edge. */
export function MessageLog({ me, conversation, thread, met }: MessageLogProps) {
  const { t } = useText();
  const { messages, outgoing, more, older } = thread;
  const log = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const newest = `${messages.at(-1)?.id} ${outgoing.length}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever there is something newer
  useLayoutEffect(() => {
    if (atEnd.current && log.current) log.current.scrollTop = log.current.scrollHeight;
  }, [newest]);
  const seen = outgoing.length > 0 ? [] : seenBy(messages, conversation.members, me);
  return (
    <div
      className="log"
      role="log"
      aria-label={t("log")}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
      tabIndex={0}
      ref={log}
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        atEnd.current = scrollHeight - scrollTop - clientHeight < AT_END_PX;
      }}
    >
      <div className="log-lines">
        <p className="private">
          <Icon name="lock" />
          {conversation.group ? t("privateGroup") : t("privateTwo")}
        </p>
        {more && (
          <Button variant="quiet" size="sm" className="older" onClick={older}>
            {t("older")}
          </Button>
        )}
        {messages.map((message, index) => (
          <Fragment key={message.id}>
            {newDay(messages, index) && <p className="day">{formatDate(message.at, zone)}</p>}
            {meetingsBefore(met, messages, index, more).map((one) => (
              <MetLine key={one.at} met={one} />
            ))}
            <Line
              message={message}
              own={message.person === me}
              together={!newDay(messages, index) && isTogether(messages[index - 1], message)}
              author={conversation.members.find(({ card }) => card.person === message.person)?.card}
            />
          </Fragment>
        ))}
        {met
          .filter((one) => !messages.some(({ at }) => Date.parse(at) > Date.parse(one.at)))
          .map((one) => (
            <MetLine key={one.at} met={one} />
          ))}
        {outgoing.map((message) => (
          <OnItsWay key={message.id} message={message} thread={thread} />
        ))}
        {seen.length > 0 && (
          <p className="tiny muted seen">
            {conversation.group ? t("seenBy", { names: seen.map(({ card }) => card.name).join(", ") }) : t("seen")}
          </p>
        )}
        <p className="sr">{partners(conversation, me).name}</p>
      </div>
    </div>
  );
}

/** The meetings between this message and the one before it; of those before the first only when there is nothing earlier. */
function meetingsBefore(met: readonly Met[], messages: readonly Message[], index: number, more: boolean): Met[] {
  const [before, message] = [messages[index - 1], messages[index]];
  if (!message || (!before && more)) return [];
  const [from, until] = [before ? Date.parse(before.at) : 0, Date.parse(message.at)];
  return met
    .filter(({ at }) => Date.parse(at) >= from && Date.parse(at) < until)
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

/** "You met in round 2" */
function MetLine({ met }: { met: Met }) {
  const { t } = useText();
  const facts = { round: met.round, length: lengthOf(met.seconds) };
  return (
    <div className="ev" data-testid="met">
      <Icon name="party" size="sm" />
      {met.extended ? t("metLonger", facts) : t("met", facts)}
    </div>
  );
}

function newDay(messages: readonly Message[], index: number): boolean {
  const [before, message] = [messages[index - 1], messages[index]];
  return !!message && (!before || dayKey(before.at, zone) !== dayKey(message.at, zone));
}

function isTogether(before: Message | undefined, message: Message): boolean {
  return before?.person === message.person && Date.parse(message.at) - Date.parse(before.at) < TOGETHER_MS;
}

interface LineProps {
  message: Message;
  own: boolean;
  together: boolean;
  author: { name: string; picture?: string | null } | undefined;
}

function Line({ message, own, together, author }: LineProps) {
  const { t } = useText();
  const time = (
    <time dateTime={message.at} className="num">
      {formatTime(message.at, zone)}
    </time>
  );
  const name = author?.name ?? "";
  return (
    <div className={["msg", own && "own", together && "cont"].filter(Boolean).join(" ")} data-message={message.id}>
      {!own && !together && <Avatar name={name} photoUrl={author?.picture ?? null} />}
      <p className={together ? "who sr" : "who"}>
        {own ? <b className="sr">{t("you")}</b> : <b>{name}</b>}
        {time}
      </p>
      {message.text && (
        <p className="text" dir="auto">
          {message.text}
        </p>
      )}
      <Files files={message.files} />
    </div>
  );
}

function Files({ files }: { files: Message["files"] }) {
  const { t } = useText();
  return files.map((file) =>
    file.width && file.height ? (
      <a className="picture" href={file.url} target="_blank" rel="noreferrer" key={file.id}>
        <img
          src={file.url}
          width={file.width}
          height={file.height}
          alt={t("picture", { name: file.name })}
          loading="lazy"
        />
      </a>
    ) : (
      <a className="filelink" href={file.url} download={file.name} key={file.id}>
        <Icon name="doc" size="sm" />
        <span className="trunc">{file.name}</span>
      </a>
    ),
  );
}

function OnItsWay({ message, thread }: { message: Outgoing; thread: ReturnType<typeof useThread> }) {
  const { t } = useText();
  return (
    <div className="msg own held" data-outgoing={message.id}>
      {message.text && (
        <p className="text" dir="auto">
          {message.text}
        </p>
      )}
      <Files files={message.files} />
      {message.refusal ? (
        <div role="alert">
          <span className="state bad">
            <Icon name="warn" size="sm" />
            {message.refusal || t("failed")}
          </span>
          <span className="row">
            <Button variant="quiet" size="sm" onClick={() => thread.retry(message)}>
              {t("retry")}
            </Button>
            <Button variant="ghost" size="sm" onClick={() => thread.discard(message)}>
              {t("discard")}
            </Button>
          </span>
        </div>
      ) : (
        <span className="state">
          <Icon name="clock" size="sm" />
          {t("sending")}
        </span>
      )}
    </div>
  );
}
