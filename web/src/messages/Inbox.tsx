import { lazy, Suspense, useEffect, useState } from "react";
import { useLocation, useSearchParams } from "wouter";
import { useAttendance } from "../attend/index.ts";
import { type MessagesPageQuery, PersonToWriteToDocument, type PersonToWriteToQuery } from "../gql/graphql.ts";
import { MeetingsWith } from "../meetings/MeetingsWith.tsx";
import { useMeetings } from "../meetings/useMeetings.ts";
import { EventBar } from "../people/EventBar.tsx";
import { Empty } from "../platform/components/States.tsx";
import { brand } from "../platform/design/brand.ts";
import { send } from "../platform/graph/send.ts";
import { useTitle } from "../platform/shell/title.ts";
import { EventNotices } from "../rooms/Notices.tsx";
import { ConversationList } from "./ConversationList.tsx";
import { ConversationPane } from "./ConversationPane.tsx";
import { Outside } from "./MessagesPage.tsx";
import { Rings } from "./Rings.tsx";
import { useText } from "./text.ts";
import { type Conversation, partners, useConversations } from "./useConversations.ts";
import { useUnreadMessages } from "./useUnreadMessages.ts";

/** Only who calls needs cameras and all that. */
const CallPane = lazy(() => import("./CallPane.tsx"));
const OfferTimes = lazy(async () => ({ default: (await import("../meetings/OfferTimes.tsx")).OfferTimes }));
const FindTime = lazy(async () => ({ default: (await import("../meetings/FindTime.tsx")).FindTime }));

export type EventOfMessages = NonNullable<MessagesPageQuery["event"]>;

interface InboxProps {
  event: EventOfMessages;
  viewer: NonNullable<MessagesPageQuery["viewer"]>;
}

/** The conversations, and the one that is open; on a phone one after the other. */
export function Inbox({ event, viewer }: InboxProps) {
  const { t } = useText();
  useTitle(t("title"), event.name);
  const [, navigate] = useLocation();
  const [query] = useSearchParams();
  const chosen = query.get("c") ?? undefined;
  const person = query.get("with") ?? undefined;
  const calling = query.get("call");
  const finding = query.get("times") !== null;
  const offering = query.get("offer") !== null;
  const attendance = useAttendance(event.id);
  const unread = useUnreadMessages(event.id);
  const { conversations, refusal, again } = useConversations(event.id);
  const meetings = useMeetings(event);
  const [draft, setDraft] = useState<PersonToWriteToQuery>();
  const path = `/e/${event.slug}/messages`;

  useEffect(() => {
    setDraft(undefined);
    if (!person) return;
    let wanted = true;
    void send(PersonToWriteToDocument, { event: event.id, person })
      .then((answer) => wanted && setDraft(answer))
      .catch(() => wanted && setDraft({ conversationWith: null, profileCards: [] }));
    return () => {
      wanted = false;
    };
  }, [event.id, person]);

  if (refusal && !conversations) return <Outside slug={event.slug} error={refusal} />;
  const open =
    conversations?.find(({ id }) => id === (chosen ?? draft?.conversationWith?.id)) ??
    (person
      ? // Nothing was said when this was asked, and by now something may be.
        (conversations?.find((one) => !one.group && one.members.some(({ card }) => card.person === person)) ??
        draft?.conversationWith ??
        undefined)
      : undefined);
  const newcomer = !open && person ? draft?.profileCards?.[0] : undefined;
  const shown = open ?? (newcomer && begun(newcomer));
  const other = shown && !shown.group ? shown.members.find(({ card }) => card.person !== viewer.id)?.card : undefined;
  const here = open ? `${path}?c=${open.id}` : other ? `${path}?with=${other.person}` : path;
  const ready = conversations !== undefined && (!person || draft !== undefined);
  return (
    <div className="messages-page ebody" {...brand(event.accent)}>
      <EventBar event={event} viewer={viewer} here="messages" unread={unread} />
      <EventNotices event={event} />
      <main className="ms" id="main" data-open={shown ? "" : undefined}>
        <ConversationList
          event={event}
          me={viewer.id}
          conversations={conversations}
          open={open?.id}
          onChange={again}
          onOpen={(id) => navigate(`${path}?c=${id}`)}
          onOffer={() => navigate(`${here}${here.includes("?") ? "&" : "?"}offer=1`)}
        />
        {shown ? (
          <ConversationPane
            key={person ?? shown.id}
            event={event}
            me={viewer.id}
            conversation={shown}
            started={open !== undefined}
            person={newcomer?.person}
            known={(conversations ?? []).filter((one) => !one.group).flatMap((one) => partners(one, viewer.id).others)}
            connected={attendance.state !== "reconnecting"}
            onBack={() => navigate(path)}
            onBegun={again}
            onChange={again}
            onCall={() => open && navigate(`${path}?c=${open.id}&call=start`)}
            onFindTime={other && (() => navigate(finding ? here : `${here}&times=1`))}
          >
            {other && <MeetingsWith event={event} person={other.person} me={viewer} meetings={meetings} />}
            {open && calling && (
              <Suspense fallback={<div className="call-place" />}>
                <CallPane
                  event={event}
                  me={viewer}
                  conversation={open}
                  rings={calling === "start"}
                  onLeave={() => navigate(`${path}?c=${open.id}`, { replace: true })}
                />
              </Suspense>
            )}
          </ConversationPane>
        ) : (
          <section className="cv none">
            <MeetingsWith event={event} me={viewer} meetings={meetings} />
            {ready && (
              <Empty icon="chat" title={t("choose")}>
                {t("chooseText")}
              </Empty>
            )}
          </section>
        )}
        {offering && (
          <Suspense fallback={<aside className="sl" />}>
            <OfferTimes event={event} onClose={() => navigate(here)} />
          </Suspense>
        )}
        {finding && !offering && other && (
          <Suspense fallback={<aside className="sl" />}>
            <FindTime
              key={other.person}
              event={event}
              person={{ id: other.person, name: other.name }}
              onClose={() => navigate(here)}
              onAsked={meetings.again}
            />
          </Suspense>
        )}
      </main>
      <Rings event={event} busy={calling ? open?.id : undefined} />
      <p className="sr" role="status">
        {open && partners(open, viewer.id).name}
      </p>
    </div>
  );
}

type Card = NonNullable<PersonToWriteToQuery["profileCards"]>[number];

/** A conversation that begins with the first message. */
function begun(card: Card): Conversation {
  return {
    id: "",
    group: false,
    title: "",
    keeper: null,
    unread: 0,
    readTo: 0,
    last: null,
    members: [{ readTo: 0, card }],
  };
}
