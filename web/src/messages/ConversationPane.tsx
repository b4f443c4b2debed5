import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { useTold } from "../attend/index.ts";
import { TypingDocument } from "../gql/graphql.ts";
import { clockAt } from "../people/between.ts";
import { PersonMenu } from "../people/PersonMenu.tsx";
import type { ReportOf } from "../people/ReportDialog.tsx";
import { usePresence } from "../people/usePresence.ts";
import { Avatar } from "../platform/components/Avatar.tsx";
import { Button } from "../platform/components/Button.tsx";
import { Icon } from "../platform/components/Icon.tsx";
import { useToast } from "../platform/components/Toast.tsx";
import { send } from "../platform/graph/send.ts";
import { GroupPeople } from "./GroupPeople.tsx";
import type { EventOfMessages } from "./Inbox.tsx";
import { MessageComposer } from "./MessageComposer.tsx";
import { MessageLog } from "./MessageLog.tsx";
import { useText } from "./text.ts";
import { useBetween } from "./useBetween.ts";
import { type Conversation, partners } from "./useConversations.ts";
import { useThread } from "./useThread.ts";

/** Whoever was said to write is believed to for this long. */
const TYPING_MS = 6_000;
const TELL_TYPING_MS = 3_000;

interface ConversationPaneProps {
  event: EventOfMessages;
  me: string;
  conversation: Conversation;
  /** Something was said already. */
  started: boolean;
  /** Whom it will be with, until then. */
  person: string | undefined;
  /** Whom one could bring into a group. */
  known: Conversation["members"];
  connected: boolean;
  onBack: () => void;
  onBegun: (conversation: string) => void;
  /** Who is in it is to be asked for again. */
  onChange: () => void;
  onCall: () => void;
  /** Opens or closes the times for a meeting; for two only. */
  onFindTime: (() => void) | undefined;
  /** What is planned, and the call, over the messages. */
  children: ReactNode;
}

/** One conversation: what was said, and what one says. */
export function ConversationPane(props: ConversationPaneProps) {
  const {
    event,
    me,
    conversation,
    started,
    person,
    known,
    connected,
    onBack,
    onBegun,
    onChange,
    onCall,
    onFindTime,
    children,
  } = props;
  const { t } = useText();
  const toast = useToast();
  const { others, name, picture } = partners(conversation, me);
  const id = started ? conversation.id : undefined;
  const thread = useThread({ event: event.id, conversation: id, person }, me, conversation.readTo, onBegun);
  const writing = useTyping(event.id, id, others);
  const first = conversation.group ? name : (name.split(" ")[0] ?? name);
  const other = conversation.group ? undefined : others[0]?.card;
  const between = useBetween(event.id, other?.person);
  const clock = clockAt(between?.zone, new Date());
  const here = usePresence(
    event.id,
    others.map(({ card }) => card.person),
  );
  const isHere = other !== undefined && here.has(other.person);
  const [people, setPeople] = useState(false);
  const about: ReportOf = {
    kind: "message",
    ...(id && { id }),
    lines: thread.messages
      .filter((message) => message.text)
      .slice(-30)
      .map((message) => ({
        id: message.id,
        by: message.person === me ? t("you") : nameOf(others, message.person),
        text: message.text,
        at: message.at,
      })),
  };

  const told = useRef(0);
  const tellTyping = () => {
    const now = Date.now();
    if (!id || now - told.current < TELL_TYPING_MS) return;
    told.current = now;
    void send(TypingDocument, { conversation: id }).catch(() => undefined);
  };
  return (
    <section className="cv" aria-label={t("with", { name })} data-testid="conversation">
      <header>
        <Button variant="ghost" size="sm" icon className="only-s" aria-label={t("back")} onClick={onBack}>
          <Icon name="left" />
        </Button>
        <Avatar name={name} photoUrl={picture ?? null} size="md" {...(isHere && { presence: "on" as const })} />
        <div className="grow who-with">
          <h2 className="h4 trunc">{name}</h2>
          <p className="tiny muted trunc">
            {conversation.group
              ? t("group", { count: conversation.members.length })
              : [isHere && t("isHere"), clock && t("theirTime", { ...clock }), other?.headline]
                  .filter(Boolean)
                  .join(" · ")}
          </p>
        </div>
        {onFindTime && (
          <Button variant="ghost" size="sm" icon aria-label={t("findTime")} onClick={onFindTime}>
            <Icon name="cal" size="sm" />
          </Button>
        )}
        {started && (
          <Button variant="line" size="sm" onClick={onCall}>
            <Icon name="cam" size="sm" />
            {t("call")}
          </Button>
        )}
        {conversation.group && (
          <Button variant="ghost" size="sm" icon aria-label={t("groupPeople")} onClick={() => setPeople(true)}>
            <Icon name="people" size="sm" />
          </Button>
        )}
        {other && (
          <PersonMenu
            event={event}
            person={{ id: other.person, name: other.name }}
            about={about}
            without={["message"]}
            onBlocked={onBack}
          />
        )}
      </header>
      {children}
      <MessageLog me={me} conversation={conversation} thread={thread} met={between?.met ?? []} />
      <div className="foot">
        <p className="tiny muted typing" role="status">
          {!connected ? t("reconnecting") : writing ? t("typing", { name: writing }) : ""}
        </p>
        <MessageComposer event={event.id} name={first} onTyping={tellTyping} onSay={thread.say} />
      </div>
      {people && (
        <GroupPeople
          event={event}
          me={me}
          conversation={conversation}
          known={known}
          here={here}
          about={about}
          onChange={onChange}
          onLeft={() => {
            toast({ text: t("left") });
            onBack();
          }}
          onClose={() => setPeople(false)}
        />
      )}
    </section>
  );
}

function nameOf(others: Conversation["members"], person: string): string {
  return others.find(({ card }) => card.person === person)?.card.name ?? "";
}

/** Who is writing just now, if somebody is. */
function useTyping(event: string, conversation: string | undefined, others: Conversation["members"]) {
  const [person, setPerson] = useState<string>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const stop = useCallback(() => setPerson(undefined), []);
  useTold<{ conversation: string; person: string }>(event, "typing", (told) => {
    if (told.conversation !== conversation) return;
    setPerson(told.person);
    clearTimeout(timer.current);
    timer.current = setTimeout(stop, TYPING_MS);
  });
  useTold<{ conversation: string; person: string }>(event, "message", (told) => {
    if (told.conversation === conversation && told.person === person) stop();
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  return person && nameOf(others, person);
}
