import "./meetings.css";
import { useCallLine } from "../attend/index.ts";
import { CallView } from "../calls/CallView.tsx";
import { useConversation } from "../calls/useConversation.ts";
import { formatTime } from "../platform/time/format.ts";
import { ownZone } from "./slots.ts";
import { useMeetingText } from "./text.ts";
import type { MyMeeting } from "./useMeetings.ts";

interface MeetingCallProps {
  event: string;
  meeting: MyMeeting;
  /** One's own name and picture. */
  name: string;
  picture?: string | null;
  onLeave: () => void;
}

/** The call of a meeting, over everything else. */
export default function MeetingCall({ event, meeting, name, picture, onLeave }: MeetingCallProps) {
  const { t } = useMeetingText();
  const conversation = useConversation(useCallLine(event, meeting.id));
  const { other } = meeting;
  const until = t("call.until", { time: formatTime(meeting.endsAt, ownZone().zone) });
  return (
    <div className="meeting-call" data-testid="meeting-call">
      <header>
        <h2 className="h4 grow trunc">{other.name}</h2>
        <p className="small muted num">{until}</p>
      </header>
      <CallView
        conversation={conversation}
        name={name}
        label={t("call.label", { name: other.name })}
        pictureOf={(person) => (person === undefined ? picture : other.picture)}
        waiting={
          <p>
            <b className="strong">{t("call.waiting", { name: other.name })}</b>
            <br />
            <span className="small muted">{t("call.waitingText")}</span>
          </p>
        }
        onLeave={onLeave}
        leaveLabel={t("call.leave")}
      />
    </div>
  );
}
