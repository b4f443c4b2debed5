import "./meet.css";
import { type ReactNode, useState } from "react";
import { Button, Icon } from "../platform/components/index.ts";
import { Clock, ClockWords } from "./Clock.tsx";
import { lineOf, useList } from "./MatchCard.tsx";
import { PartyFrame } from "./PartyFrame.tsx";
import type { Meeting, PartyNow } from "./party.ts";
import { firstName, namesOf, starterOf } from "./reason.ts";
import { useText } from "./text.ts";
import { useTotal } from "./useTotal.ts";

interface TalkProps {
  party: PartyNow;
  meeting: Meeting;
  /** The end of the call; undefined while the clock stands still. */
  until: number | undefined;
  lines: ReactNode;
  /** At the end of the header. */
  end: ReactNode;
  /** The others first, ourselves last, and what lies over them. */
  tiles: (overlay: ReactNode) => ReactNode;
  /** Microphone, camera, devices. */
  tools: ReactNode;
  /** The one thing about the call that is to be known or decided now. */
  trouble: ReactNode;
  connect: ReactNode;
  /** Report and block. */
  safety: ReactNode;
  pending: boolean;
  onMore: () => void;
  onLeave: () => void;
}

/** The timed call. */
export function Talk(props: TalkProps) {
  const { party, meeting, until, lines, end, tiles, tools, trouble, connect, safety, onLeave } = props;
  const { t } = useText();
  const list = useList();
  const [turn, setTurn] = useState(0);
  const minutesMs = party.settings.minutes * 60_000;
  const totalMs = useTotal(until, meeting.id, Math.min(minutesMs, meeting.until - meeting.from));
  const { people } = meeting;
  const names = namesOf(people, list);
  const starter = t(`starters.${starterOf(meeting.id, turn)}` as "starters.1");
  return (
    <PartyFrame
      party={party}
      title={list.format(people.map(({ name }) => name))}
      sub={people.length === 1 && people[0] ? lineOf(people[0]) : undefined}
      lines={lines}
      end={end}
      footerClass="c"
      footer={
        <>
          {tools}
          <span className="grow hide-s" />
          <div className="wide row">
            {connect}
            <More {...props} />
          </div>
          <span className="grow hide-s" />
          {safety}
          <button type="button" className="tool leave" onClick={onLeave}>
            <Icon name="leave" />
            <span className="hide-s">{t("leave.quietly")}</span>
            <span className="only-s">{t("leave.short")}</span>
          </button>
        </>
      }
    >
      <main
        id="main"
        className="call"
        data-testid="talk"
        data-people={people.length + 1}
        aria-label={t("talk.with", { names })}
      >
        <h1 className="sr" tabIndex={-1}>
          {t("talk.with", { names })}
        </h1>
        {tiles(
          <>
            <div className="left-time">
              <Clock
                until={until}
                stillMs={party.left}
                totalMs={totalMs}
                size={116}
                width={5}
                label={until === undefined ? t("paused.label") : t("talk.left")}
              />
            </div>
            <div className="prompt">
              <p className="small">
                <span className="muted">{t("talk.quiet")}</span> {starter}
              </p>
              <Button variant="ghost" size="sm" icon aria-label={t("talk.another")} onClick={() => setTurn(turn + 1)}>
                <Icon name="rehearse" size="sm" />
              </Button>
            </div>
          </>,
        )}
        {trouble}
        <ClockWords until={until} words={(count) => t("talk.said", { count })} />
        <p className="sr" role="status">
          {meeting.extended ? t("talk.extended") : othersAsked(meeting) ? t("talk.theyAsked", { name: names }) : ""}
        </p>
      </main>
    </PartyFrame>
  );
}

/** Whether anybody but ourselves asked for more time. */
export function othersAsked({ asked, people }: Meeting): boolean {
  return people.some(({ person }) => asked?.includes(person));
}

/** Half the time again, when everybody asks for it: a dot for each who did. */
function More({ meeting, pending, onMore }: TalkProps) {
  const { t } = useText();
  const { people, iAskedForMore, extended } = meeting;
  const asking = people.find(({ person }) => meeting.asked?.includes(person));
  const dots = [iAskedForMore, ...people.map(({ person }) => meeting.asked?.includes(person) ?? false)].sort(
    (one, other) => Number(other) - Number(one),
  );
  if (extended) {
    return (
      <p className="small row more-done">
        <Dots on={dots.map(() => true)} />
        {t("talk.extendedShort")}
      </p>
    );
  }
  return (
    <Button
      variant={asking && !iAskedForMore ? "primary" : "line"}
      pending={pending}
      aria-pressed={iAskedForMore}
      onClick={() => !iAskedForMore && onMore()}
    >
      <Dots on={dots} />
      {iAskedForMore ? t("talk.asked") : asking ? t("talk.moreToo", { name: firstName(asking.name) }) : t("talk.more")}
    </Button>
  );
}

export function Dots({ on }: { on: boolean[] }) {
  return (
    <span className="two" aria-hidden="true">
      {on.map((lit, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the dots have no identity
        <i key={at} className={lit ? "on" : ""} />
      ))}
    </span>
  );
}
