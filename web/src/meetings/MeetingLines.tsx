import "./meetings.css";
import { useEffect, useState } from "react";
import { serverNow } from "../attend/index.ts";
import { Button, Dialog, Icon } from "../platform/components/index.ts";
import { span } from "./FindTime.tsx";
import { ownZone } from "./slots.ts";
import { useMeetingText } from "./text.ts";
import type { Meetings, MyMeeting } from "./useMeetings.ts";

interface MeetingLinesProps {
  meetings: Meetings;
  /** Only those with this person. */
  person?: string;
  /** Goes into the call of this meeting. */
  onJoin: (meeting: MyMeeting) => void;
}

/** What is planned with somebody: questions, times to come, and the call that is open. */
export function MeetingLines({ meetings, person, onJoin }: MeetingLinesProps) {
  const { t } = useMeetingText();
  const now = useMinutes();
  const shown = meetings.meetings.filter(
    (one) =>
      (person === undefined || one.other.person === person) &&
      (one.state === "ACCEPTED"
        ? now < Date.parse(one.closesAt)
        : one.state === "PROPOSED" && now < Date.parse(one.endsAt)),
  );
  const name = shown[0]?.other.name;
  if (!name) return null;
  return (
    <section className="meeting-lines" aria-label={t("line.label", { name })}>
      {shown.map((one) => (
        <Line key={one.id} meeting={one} meetings={meetings} now={now} onJoin={onJoin} />
      ))}
      {meetings.refusal && (
        <p className="form-error" role="alert">
          <Icon name="warn" size="sm" />
          {meetings.refusal}
        </p>
      )}
    </section>
  );
}

interface LineProps {
  meeting: MyMeeting;
  meetings: Meetings;
  now: number;
  onJoin: (meeting: MyMeeting) => void;
}

function Line({ meeting, meetings, now, onJoin }: LineProps) {
  const { t } = useMeetingText();
  const [asking, setAsking] = useState(false);
  const { zone } = ownZone();
  const time = span(meeting.startsAt, zone, meeting.endsAt);
  const { name } = meeting.other;
  const open = meeting.state === "ACCEPTED" && now >= Date.parse(meeting.opensAt) && now < Date.parse(meeting.closesAt);
  const words = open
    ? [t("line.open"), t("line.openText", { time })]
    : meeting.state === "ACCEPTED"
      ? [t("line.planned", { time }), t("line.plannedText")]
      : meeting.iAsked
        ? [t("line.waits", { time }), t("line.waitsText", { name })]
        : [t("line.asks", { name, time }), meeting.note || t("line.asksText")];
  return (
    <div
      className={open ? "next meeting-line open" : "next meeting-line"}
      data-testid="meeting"
      data-state={meeting.state}
    >
      <Icon name={open ? "cam" : "cal"} />
      <p className="grow small">
        <b className="strong num">{words[0]}</b> <span className="muted">{words[1]}</span>
      </p>
      {meeting.state === "PROPOSED" && meeting.iAsked && (
        <Button variant="ghost" size="sm" onClick={() => void meetings.cancel(meeting.id)}>
          {t("line.takeBack")}
        </Button>
      )}
      {meeting.state === "PROPOSED" && !meeting.iAsked && (
        <>
          <Button variant="ghost" size="sm" onClick={() => void meetings.decline(meeting.id)}>
            {t("line.decline")}
          </Button>
          <Button variant="primary" size="sm" onClick={() => void meetings.accept(meeting.id)}>
            {t("line.accept")}
          </Button>
        </>
      )}
      {meeting.state === "ACCEPTED" && !open && (
        <>
          {meeting.calendarFile && (
            <a className="btn ghost icon sm" href={meeting.calendarFile} aria-label={t("line.calendar")} download>
              <Icon name="dl" size="sm" />
            </a>
          )}
          <Button variant="ghost" size="sm" onClick={() => setAsking(true)}>
            {t("line.cancel")}
          </Button>
        </>
      )}
      {open && (
        <Button variant="primary" size="sm" onClick={() => onJoin(meeting)}>
          {t("line.join")}
        </Button>
      )}
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t("line.cancelTitle")}
        actions={
          <>
            <Button variant="ghost" onClick={() => setAsking(false)}>
              {t("line.keep")}
            </Button>
            <Button
              variant="danger"
              onClick={() => {
                setAsking(false);
                void meetings.cancel(meeting.id);
              }}
            >
              {t("line.cancel")}
            </Button>
          </>
        }
      >
        <p>{t("line.cancelText", { name })}</p>
      </Dialog>
    </div>
  );
}

/** The server's time, looked at often enough for what opens by the minute. */
function useMinutes(): number {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), 5_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
