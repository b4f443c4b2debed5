import "./meetings.css";
import { useId, useState } from "react";
import { useMutation, useQuery } from "urql";
import { MeetingTimesDocument, ProposeMeetingDocument } from "../gql/graphql.ts";
import { clockAt } from "../people/between.ts";
import { Button, Empty, Icon, useToast } from "../platform/components/index.ts";
import { refusalOf } from "../platform/graph/refusal.ts";
import { formatDayLong, formatDayShort, formatTime } from "../platform/time/format.ts";
import { daysOf, ownZone, type Slot } from "./slots.ts";
import { useMeetingText } from "./text.ts";

const QUARTER_MS = 15 * 60_000;

interface FindTimeProps {
  event: { id: string; slug: string };
  person: { id: string; name: string };
  onClose: () => void;
  /** Somebody was asked: what is shown of meetings is to be asked for again. */
  onAsked?: () => void;
}

/** Times that two people have free, on one's own clock, and the question for one of them. */
export function FindTime({ event, person, onClose, onAsked }: FindTimeProps) {
  const { t } = useMeetingText();
  const title = useId();
  const [{ data, fetching }, again] = useQuery({
    query: MeetingTimesDocument,
    variables: { slug: event.slug, person: person.id },
    requestPolicy: "network-only",
  });
  const { zone, name } = ownZone();
  const days = daysOf(data?.event?.meetingTimes ?? [], zone);
  const first = person.name.split(" ")[0] ?? person.name;
  return (
    <aside className="sl find-time" aria-labelledby={title} data-testid="find-time">
      <div className="row between">
        <h2 className="h4" id={title}>
          {t("find.title", { name: first })}
        </h2>
        <Button variant="ghost" size="sm" icon aria-label={t("find.close")} onClick={onClose}>
          <Icon name="x" size="sm" />
        </Button>
      </div>
      <p className="small muted find-intro">{t("find.intro")}</p>
      {days.length > 0 ? (
        <Choice
          event={event}
          person={{ id: person.id, name: first }}
          days={days}
          zone={zone}
          zoneName={name}
          eventZone={data?.event?.timeZone ?? zone}
          theirZone={data?.event?.person?.timeZone}
          onAsked={() => {
            again({ requestPolicy: "network-only" });
            onAsked?.();
          }}
        />
      ) : (
        !fetching && (
          <Empty icon="cal" title={t("find.none")}>
            {t("find.noneText", { name: first })}
          </Empty>
        )
      )}
    </aside>
  );
}

interface ChoiceProps {
  event: { id: string };
  person: { id: string; name: string };
  days: { day: string; slots: Slot[] }[];
  zone: string;
  zoneName: string;
  eventZone: string;
  /** Where the other's clock stands, when one may know. */
  theirZone: string | null | undefined;
  onAsked: () => void;
}

function Choice({ event, person, days, zone, zoneName, eventZone, theirZone, onAsked }: ChoiceProps) {
  const { t } = useMeetingText();
  const toast = useToast();
  const [day, setDay] = useState(days[0]?.day);
  const [at, setAt] = useState<string>();
  const [refusal, setRefusal] = useState<string>();
  const [{ fetching }, propose] = useMutation(ProposeMeetingDocument);
  const shown = days.find((one) => one.day === day) ?? days[0];
  const chosen = shown?.slots.find((slot) => slot.at === at && slot.free);
  const theirs = chosen && theirZone !== zone ? clockAt(theirZone, chosen.at) : undefined;
  const ask = async () => {
    if (!chosen) return;
    const { error } = await propose({ event: event.id, person: person.id, at: chosen.at });
    setRefusal(error ? refusalOf(error).message : undefined);
    if (!error) {
      toast({ text: t("find.asked", { name: person.name, time: moment(chosen.at, zone) }) });
      setAt(undefined);
    }
    onAsked();
  };
  return (
    <>
      {days.length > 1 && (
        <fieldset className="seg dayrow" aria-label={t("find.day")}>
          {days.map((one) => (
            <button
              key={one.day}
              type="button"
              aria-pressed={one === shown}
              onClick={() => {
                setDay(one.day);
                setAt(undefined);
              }}
            >
              {formatDayShort(one.slots[0]?.at ?? "", zone)}
            </button>
          ))}
        </fieldset>
      )}
      <p className="label find-zone">{t("find.zone", { zone: zoneName })}</p>
      <fieldset
        className="slots"
        aria-label={t("find.times", { day: formatDayLong(shown?.slots[0]?.at ?? Date.now(), zone) })}
      >
        {shown?.slots.map((slot) => (
          <button
            key={slot.at}
            type="button"
            className="slotb"
            disabled={!slot.free}
            aria-pressed={slot.free ? slot.at === at : undefined}
            aria-label={slot.free ? undefined : `${formatTime(slot.at, zone)}, ${t("find.taken")}`}
            onClick={() => setAt(slot.at)}
          >
            {formatTime(slot.at, zone)}
          </button>
        ))}
      </fieldset>
      {chosen && (
        <div className="card find-fact">
          <div className="facts-l">
            <div>
              <Icon name="clock" />
              <p>
                <b className="strong num">{span(chosen.at, zone)}</b>
                {theirs && (
                  <>
                    <br />
                    <span className="small muted num">{t("find.theirs", { ...theirs, name: person.name })}</span>
                  </>
                )}
                {zone !== eventZone && (
                  <>
                    <br />
                    <span className="small muted num">
                      {t("find.atEvent", { time: formatTime(chosen.at, eventZone) })}
                    </span>
                  </>
                )}
              </p>
            </div>
            <div>
              <Icon name="cam" />
              <p>
                {t("find.private")}
                <br />
                <span className="small muted">{t("find.privateText")}</span>
              </p>
            </div>
          </div>
        </div>
      )}
      {refusal && (
        <p className="form-error" role="alert">
          <Icon name="warn" size="sm" />
          {refusal}
        </p>
      )}
      <Button
        variant="primary"
        size="lg"
        block
        disabled={!chosen}
        pending={fetching}
        onClick={() => void ask()}
        className="find-ask"
      >
        {chosen ? t("find.ask", { time: formatTime(chosen.at, zone) }) : t("find.choose")}
      </Button>
      <p className="tiny muted find-note">{t("find.note", { name: person.name })}</p>
    </>
  );
}

/** `Thu 4, 15:30` */
export const moment = (at: string, zone: string): string => `${formatDayShort(at, zone)}, ${formatTime(at, zone)}`;

/** `Thu 4, 15:30 – 15:45` */
export const span = (at: string, zone: string, until = new Date(new Date(at).getTime() + QUARTER_MS).toISOString()) =>
  `${moment(at, zone)} – ${formatTime(until, zone)}`;
