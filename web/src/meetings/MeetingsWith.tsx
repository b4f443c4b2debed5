import { lazy, Suspense, useState } from "react";
import { MeetingLines } from "./MeetingLines.tsx";
import { type Meetings, type MyMeeting, useMeetings } from "./useMeetings.ts";

/** Only who meets needs cameras and all that. */
const MeetingCall = lazy(() => import("./MeetingCall.tsx"));

interface MeetingsWithProps {
  event: { id: string; slug: string };
  /** Only what is planned with this person; without, with everybody. */
  person?: string;
  /** Oneself, as the call shows it. */
  me: { name: string; picture?: string | null };
  /** From `useMeetings`, when the page has asked already. */
  meetings?: Meetings;
}

/** What is planned with somebody, and its call over everything when one goes in. Shows nothing while there is nothing. */
export function MeetingsWith({ event, person, me, meetings }: MeetingsWithProps) {
  return meetings ? (
    <Shown event={event} me={me} meetings={meetings} {...(person && { person })} />
  ) : (
    <Asking event={event} me={me} {...(person && { person })} />
  );
}

function Asking(props: Omit<MeetingsWithProps, "meetings">) {
  return <Shown {...props} meetings={useMeetings(props.event)} />;
}

function Shown({ event, person, me, meetings }: MeetingsWithProps & { meetings: Meetings }) {
  const [joined, setJoined] = useState<MyMeeting>();
  return (
    <>
      <MeetingLines meetings={meetings} onJoin={setJoined} {...(person && { person })} />
      {joined && (
        <Suspense fallback={<div className="meeting-call" />}>
          <MeetingCall
            event={event.id}
            meeting={joined}
            name={me.name}
            picture={me.picture ?? null}
            onLeave={() => setJoined(undefined)}
          />
        </Suspense>
      )}
    </>
  );
}
