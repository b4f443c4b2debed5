import "../calls/call.css";
import type { ReactNode } from "react";
import { useCallLine } from "../attend/index.ts";
import { CallLines } from "../calls/CallLines.tsx";
import { CallTiles } from "../calls/CallTiles.tsx";
import { CallTools } from "../calls/CallTools.tsx";
import { CallVoices } from "../calls/CallVoices.tsx";
import { useConversation } from "../calls/useConversation.ts";
import { Avatar } from "../platform/components/index.ts";
import { Connect } from "./Connect.tsx";
import { useConnections } from "./connections.ts";
import { useList } from "./MatchCard.tsx";
import { endOf, type Meeting } from "./party.ts";
import { namesOf } from "./reason.ts";
import { Safety } from "./Safety.tsx";
import { Talk } from "./Talk.tsx";
import { useText } from "./text.ts";
import type { PartyDesk } from "./useParty.ts";

interface MeetProps {
  desk: PartyDesk;
  meeting: Meeting;
  event: { id: string; slug: string };
  name: string;
  lines: ReactNode;
  end: ReactNode;
}

/** A meeting: its call, microphone first and cameras when both like, and what can be done about it. */
export function Meet({ desk, meeting, event, name, lines, end }: MeetProps) {
  const line = useCallLine(event.id, meeting.id);
  const conversation = useConversation(line);
  const { party, me } = desk;
  const [one] = meeting.people;
  const pictureOf = (person: string | undefined) => meeting.people.find((who) => who.person === person)?.picture;
  const connections = useConnections(
    event,
    meeting.people.map(({ person }) => person),
  );
  return (
    <Talk
      party={party}
      meeting={meeting}
      until={me && endOf(party, me, "talk")}
      lines={lines}
      end={end}
      tiles={(overlay) => (
        <CallTiles conversation={conversation} name={name} pictureOf={pictureOf} waiting={<Coming meeting={meeting} />}>
          {overlay}
        </CallTiles>
      )}
      trouble={
        <>
          <CallLines conversation={conversation} />
          <CallVoices conversation={conversation} />
        </>
      }
      tools={<CallTools conversation={conversation} />}
      connect={meeting.people.length === 1 && one && <Connect who={one} connections={connections} explained />}
      safety={<Safety event={event.id} meeting={meeting} />}
      pending={desk.pending}
      onMore={() => desk.askForMore(meeting.id)}
      onLeave={desk.leave}
    />
  );
}

/** In the place of those who are not in the call yet. */
export function Coming({ meeting }: { meeting: Meeting }) {
  const { t } = useText();
  const list = useList();
  return (
    <div className="coming">
      {meeting.people.map((who) => (
        <Avatar key={who.person} name={who.name} photoUrl={who.picture ?? null} size="xl" />
      ))}
      <p>
        <b className="strong">
          {t("talk.coming", { count: meeting.people.length, names: namesOf(meeting.people, list) })}
        </b>
        <br />
        <span className="small muted">{t("talk.comingText")}</span>
      </p>
    </div>
  );
}
