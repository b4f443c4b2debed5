import "../../platform/design/components-live.css";
import "../party.css";
import { type ReactNode, useState } from "react";
import { CallLines } from "../../calls/CallLines.tsx";
import { CallTiles } from "../../calls/CallTiles.tsx";
import { CallTools } from "../../calls/CallTools.tsx";
import { Button, Icon } from "../../platform/components/index.ts";
import { developing } from "../../platform/design/page/developing.ts";
import NotFoundPage from "../../platform/shell/NotFoundPage.tsx";
import { useTitle } from "../../platform/shell/title.ts";
import { CheckIn } from "../CheckIn.tsx";
import { Connect } from "../Connect.tsx";
import type { Connections } from "../connections.ts";
import { HostConsole } from "../HostConsole.tsx";
import { Invitation } from "../Invitation.tsx";
import { Left } from "../Left.tsx";
import { MatchCard } from "../MatchCard.tsx";
import { Coming } from "../Meet.tsx";
import { RoundsOf } from "../PartyFrame.tsx";
import { Mood } from "../PartyPage.tsx";
import type { Meeting } from "../party.ts";
import { Safety } from "../Safety.tsx";
import { Seats } from "../Seats.tsx";
import StartDialog from "../StartDialog.tsx";
import { Summary } from "../Summary.tsx";
import { Talk } from "../Talk.tsx";
import { Paused, Waiting } from "../Waiting.tsx";
import { useFakeCall } from "./fakeCall.ts";
import { CHIDI, GROUPS, meeting, mine, party, SOFIA, sided, summary } from "./samples.ts";

const NAME = "Tariq Haddad";
const ZONE = "Europe/London";
const ROOM = { name: "Main stage", href: "/design" };
const CONNECTIONS: Connections = {
  stateOf: (who) => summary(0).people.find(({ card }) => card.person === who)?.connected ?? "none",
  pending: undefined,
  toggle: () => undefined,
};
const nothing = () => undefined;

/** Every moment of a Cocktail Party (`?state=`), for those who build it. */
export default function PartySamplesPage() {
  useTitle("Party");
  const [now] = useState(() => Date.now());
  if (!developing()) return <NotFoundPage />;
  const state = new URLSearchParams(location.search).get("state") ?? "check-in";
  return <Mood accent="#0e6b54">{(STATES[state] ?? STATES["check-in"])?.(now)}</Mood>;
}

const check = (one: ReturnType<typeof party>) => (
  <CheckIn
    party={one}
    me={mine({ state: "in", group: one.settings.groups ? (GROUPS[0] ?? null) : null })}
    name={NAME}
    zone={ZONE}
    lines={null}
    end={
      <Button variant="ghost" size="sm">
        {"Not this time"}
      </Button>
    }
    pending={false}
    refusal={undefined}
    onReady={nothing}
  />
);

const seats = (one: ReturnType<typeof party>, group?: string) => (
  <Seats
    party={one}
    me={mine({ group: group ?? null })}
    lines={null}
    pending={false}
    end={undefined}
    onChangeSide={group ? nothing : undefined}
    onNotReady={nothing}
  />
);

const card = (now: number, one: Meeting) => (
  <MatchCard
    party={party(now, { phase: "card", round: 2 })}
    meeting={one}
    lines={null}
    pending={false}
    onSitOut={nothing}
    onHello={nothing}
  />
);

const waiting = (
  now: number,
  change: Parameters<typeof party>[1],
  me: Parameters<typeof mine>[0],
  last?: ReactNode,
) => (
  <Waiting
    party={party(now, { phase: "talk", round: 2, ready: 214, until: now + 222_000, ...change })}
    me={mine({ state: "waiting", ...me })}
    lines={null}
    end={undefined}
    pending={false}
    last={last}
    onNotReady={nothing}
  />
);

function Talking({
  now,
  one,
  cameras = false,
  empty = false,
}: {
  now: number;
  one: Meeting;
  cameras?: boolean;
  empty?: boolean;
}) {
  const conversation = useFakeCall(empty ? [] : one.people, cameras);
  const [first] = one.people;
  return (
    <Talk
      party={party(now, { phase: "talk", round: 2 })}
      meeting={one}
      until={one.until}
      lines={null}
      end={undefined}
      tiles={(overlay) => (
        <CallTiles
          conversation={conversation}
          name={NAME}
          pictureOf={(who) =>
            who ? one.people.find(({ person }) => person === who)?.picture : "/art/people/tariq.svg"
          }
          waiting={<Coming meeting={one} />}
        >
          {overlay}
        </CallTiles>
      )}
      trouble={<CallLines conversation={conversation} />}
      tools={<CallTools conversation={conversation} />}
      connect={
        first &&
        one.people.length === 1 && <Connect who={{ ...first, person: "" }} connections={CONNECTIONS} explained />
      }
      safety={<Safety event="event" meeting={one} />}
      pending={false}
      onMore={nothing}
      onLeave={nothing}
    />
  );
}

const trio = { people: [SOFIA, CHIDI], reason: { kind: "interests", terms: ["Open data", "Small teams"] } };

const STATES: Record<string, (now: number) => ReactNode> = {
  "check-in": (now) => check(party(now)),
  "check-in-sides": (now) => check(sided(party(now))),
  seats: (now) => seats(party(now, { until: now + 43_000 })),
  "seats-sides": (now) => seats(sided(party(now, { until: now + 43_000, phase: "countdown" })), GROUPS[0]),
  few: (now) => seats(party(now, { here: 3, ready: 2 })),
  card: (now) => card(now, meeting(now)),
  "card-trio": (now) => card(now, meeting(now, trio)),
  talk: (now) => <Talking now={now} one={meeting(now, { asked: [SOFIA.person] })} cameras />,
  "talk-sound": (now) => <Talking now={now} one={meeting(now)} />,
  "talk-coming": (now) => <Talking now={now} one={meeting(now, { iAskedForMore: true, asked: ["me"] })} empty />,
  "talk-trio": (now) => <Talking now={now} one={meeting(now, { ...trio, extended: true })} cameras />,
  waiting: (now) => waiting(now, {}, {}),
  gone: (now) => waiting(now, {}, { ended: { why: "left", name: SOFIA.name } }),
  between: (now) =>
    waiting(
      now,
      { phase: "between", until: now + 8_000 },
      {},
      <div className="last">
        <Icon name="match" />
        <Connect who={{ ...SOFIA, person: "" }} connections={CONNECTIONS} />
      </div>,
    ),
  paused: (now) => (
    <Paused
      party={party(now, { phase: "paused", paused: "talk", round: 2, ready: 214, until: null, left: 95_000 })}
      lines={null}
      end={undefined}
      onLeave={nothing}
    />
  ),
  left: (now) => (
    <Left party={party(now, { phase: "talk", round: 2 })} room={ROOM} met={1} pending={false} onComeBack={nothing} />
  ),
  over: (now) => (
    <Summary
      party={party(now, { phase: "over", round: 5, until: null, endedAt: now })}
      summary={summary(now)}
      event="Groundwork 2027"
      zone={ZONE}
      room={ROOM}
      connect={({ card }) => <Connect who={card} connections={CONNECTIONS} messages="/design" />}
      onBack={nothing}
    />
  ),
  host: (now) => (
    <>
      {seats(party(now))}
      <HostConsole
        open
        party={party(now, { phase: "talk", round: 2 })}
        health={{
          here: 214,
          ready: 210,
          meetings: 104,
          connected: 101,
          alone: 2,
          failed: 1,
          extended: 12,
          waiting: 2,
          left: 9,
          endedEarly: 3,
        }}
        pending={false}
        refusal={undefined}
        direct={nothing}
        onClose={nothing}
      />
    </>
  ),
  start: (now) => (
    <>
      {seats(party(now))}
      <StartDialog event="groundwork" open pending={false} refusal={undefined} onStart={nothing} onClose={nothing} />
    </>
  ),
  invite: (now) => (
    <div className="room">
      <header className="rtop">
        <RoundsOf party={party(now)} />
      </header>
      <Invitation party={party(now)} href="/design" onDecline={nothing} />
    </div>
  ),
};
