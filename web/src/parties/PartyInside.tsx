import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { useQuery } from "urql";
import { useLocation } from "wouter";
import { useAttendance } from "../attend/index.ts";
import { type MyPartyFragment, type PartyFragment, type PartyPageQuery, PartySummaryDocument } from "../gql/graphql.ts";
import { messagePath, PersonMenu } from "../people/index.ts";
import { Button, Icon, QuietLine } from "../platform/components/index.ts";
import { answered } from "./answered.ts";
import { CheckIn } from "./CheckIn.tsx";
import { Connect } from "./Connect.tsx";
import { useConnections } from "./connections.ts";
import { Hosting, HostTool } from "./HostTool.tsx";
import { LastMet } from "./LastMet.tsx";
import { Left } from "./Left.tsx";
import { MatchCard } from "./MatchCard.tsx";
import { Meet } from "./Meet.tsx";
import { type Meeting, type PartyNow, type Screen, screenOf } from "./party.ts";
import { Seats } from "./Seats.tsx";
import { Summary } from "./Summary.tsx";
import { useText } from "./text.ts";
import { type PartyDesk, useParty } from "./useParty.ts";
import { useServerNow } from "./useServerNow.ts";
import { Paused, Waiting } from "./Waiting.tsx";

interface PartyInsideProps {
  party: PartyFragment;
  mine: MyPartyFragment | null;
  event: NonNullable<PartyPageQuery["event"]>;
  viewer: NonNullable<PartyPageQuery["viewer"]>;
  mayDirect: boolean;
  /** Where one's ticket puts one, when the groups are tickets. */
  ticketGroup: string | undefined;
}

/** One person at a party. */
export function PartyInside(props: PartyInsideProps) {
  const { party, mine, event, mayDirect } = props;
  const desk = useParty(event.id, party, mine);
  const [hosting, setHosting] = useState(false);
  useEffect(() => answered.add(party.id), [party.id]);
  const end = mayDirect ? <HostTool party={desk.party} onOpen={() => setHosting(true)} /> : undefined;
  return (
    <>
      <Moment {...props} desk={desk} end={end} />
      {mayDirect && desk.party.phase !== "over" && (
        <Hosting desk={desk} open={hosting} onClose={() => setHosting(false)} />
      )}
    </>
  );
}

/** The screen of the moment, and the way from one to the next. */
function Moment({ desk, event, viewer, ticketGroup, end }: PartyInsideProps & { desk: PartyDesk; end: ReactNode }) {
  const { party, me, enter } = desk;
  const [, go] = useLocation();
  const found = event.rooms.find(({ id }) => id === party.room);
  const room = {
    name: found?.name ?? event.name,
    href: found ? `/e/${event.slug}/rooms/${found.slug}` : `/e/${event.slug}`,
  };
  const over = party.phase === "over";
  // Who opens the page comes in; who left and comes by again is asked first.
  const stranger = me === undefined && !over;
  useEffect(() => {
    if (stranger) enter();
  }, [stranger, enter]);
  const screen = useScreen(desk);
  const hello = useEarlyHello(me?.meeting?.id);
  const last = useLastMeeting(me?.meeting ?? undefined);
  const lines = <Lines event={event.id} party={party} />;
  const back = useCallback(() => go(room.href), [go, room.href]);
  const [changing, setChanging] = useState(false);
  const leave = () => {
    desk.leave();
    if (screen === "check-in" || changing) go(room.href);
  };
  useFocusOnNew(screen);

  if (over) return <Over desk={desk} event={event} room={room} onBack={back} />;
  if (!me) return null;
  if (screen === "left") {
    return <Left party={party} room={room} met={me.met} pending={desk.pending} onComeBack={enter} />;
  }
  if (screen === "check-in" || (changing && screen === "countdown")) {
    return (
      <CheckIn
        party={party}
        me={me}
        name={viewer.name}
        zone={event.timeZone}
        lines={lines}
        end={
          <>
            {end}
            <Leaving onLeave={leave} />
          </>
        }
        ticketGroup={ticketGroup}
        pending={desk.pending}
        refusal={desk.refusal}
        onReady={(group) => {
          desk.ready(group);
          setChanging(false);
        }}
      />
    );
  }
  const { meeting } = me;
  if (meeting && (screen === "talk" || (screen === "card" && hello.said))) {
    return (
      <Meet key={meeting.id} desk={desk} meeting={meeting} event={event} name={viewer.name} lines={lines} end={end} />
    );
  }
  if (meeting && screen === "card") {
    return (
      <MatchCard
        key={meeting.id}
        party={party}
        meeting={meeting}
        lines={lines}
        pending={desk.pending}
        onSitOut={desk.sitOut}
        onHello={hello.say}
      />
    );
  }
  if (screen === "paused") return <Paused party={party} lines={lines} end={end} onLeave={desk.leave} />;
  if (screen === "waiting") {
    return (
      <Waiting
        party={party}
        me={me}
        lines={lines}
        end={end}
        pending={desk.pending}
        last={party.phase === "between" && last && <LastMet event={event} meeting={last} />}
        onNotReady={desk.sitOut}
      />
    );
  }
  return (
    <Seats
      party={party}
      me={me}
      lines={lines}
      end={end}
      pending={desk.pending}
      onChangeSide={party.settings.mode === "groups" && !ticketGroup ? () => setChanging(true) : undefined}
      onNotReady={desk.sitOut}
    />
  );
}

/** The screen of this moment of the server. */
function useScreen({ party, me }: PartyDesk): Screen | undefined {
  const now = useServerNow();
  return me && screenOf(party, me, now);
}

/** "Say hello now": the call opens before its time, once per meeting. */
function useEarlyHello(meeting: string | undefined) {
  const [said, setSaid] = useState<string>();
  return { said: meeting !== undefined && said === meeting, say: () => setSaid(meeting) };
}

/** Whom one met last, also when the meeting is over. */
function useLastMeeting(meeting: Meeting | undefined): Meeting | undefined {
  const [last, setLast] = useState(meeting);
  if (meeting && meeting !== last) setLast(meeting);
  return last;
}

/** A new screen is a new page to who hears it: the focus goes to its heading. */
function useFocusOnNew(screen: Screen | undefined) {
  const before = useRef(screen);
  useEffect(() => {
    if (before.current === screen) return;
    const first = before.current === undefined;
    before.current = screen;
    if (!first) document.querySelector<HTMLElement>("#main h1")?.focus({ preventScroll: true });
  }, [screen]);
}

function Leaving({ onLeave }: { onLeave: () => void }) {
  const { t } = useText();
  return (
    <Button variant="ghost" size="sm" onClick={onLeave}>
      {t("check.notThisTime")}
    </Button>
  );
}

/** Quiet lines under the header: the lost connection, and what the host says. */
function Lines({ event, party }: { event: string; party: PartyNow }) {
  const { t } = useText();
  const { state } = useAttendance(event);
  const [closed, setClosed] = useState<number>();
  const { message } = party;
  return (
    <>
      {state === "reconnecting" && (
        <QuietLine icon="weak" tone="warn" running>
          {t("reconnecting")}
        </QuietLine>
      )}
      <div role="status">
        {message && closed !== message.at && (
          <div className="host-said">
            <Icon name="chat" />
            <p className="grow small">
              <b className="strong">{t("message.from", { name: message.by })}</b> {message.text}
            </p>
            <Button
              variant="ghost"
              size="sm"
              icon
              aria-label={t("message.close")}
              onClick={() => setClosed(message.at)}
            >
              <Icon name="x" size="sm" />
            </Button>
          </div>
        )}
      </div>
    </>
  );
}

interface OverProps {
  desk: PartyDesk;
  event: PartyInsideProps["event"];
  room: { name: string; href: string };
  onBack: () => void;
}

function Over({ desk, event, room, onBack }: OverProps) {
  const [{ data }] = useQuery({
    query: PartySummaryDocument,
    variables: { party: desk.party.id },
    requestPolicy: "network-only",
  });
  const people = data?.partySummary.people ?? [];
  const connections = useConnections(
    event,
    people.map(({ card }) => card.person),
  );
  if (!data) return null;
  const { rounds, minutes, backAt } = data.partySummary;
  return (
    <Summary
      party={desk.party}
      summary={{
        people: people.map((met) => ({ ...met, connected: connections.stateOf(met.card.person) })),
        rounds,
        minutes,
        back: backAt === null ? null : { room: room.name, at: backAt },
      }}
      event={event.name}
      zone={event.timeZone}
      room={room}
      connect={({ card }) => (
        <>
          <Connect who={card} connections={connections} messages={messagePath(event.slug, card.person)} />
          <PersonMenu
            event={event}
            person={{ id: card.person, name: card.name }}
            about={{ kind: "party", id: desk.party.id }}
            without={["connect"]}
          />
        </>
      )}
      onBack={onBack}
    />
  );
}
