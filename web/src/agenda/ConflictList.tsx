import { toWallClock } from "../events/wallClock.ts";
import { SaveSessionDocument } from "../gql/graphql.ts";
import type { DeskPageProps, DeskSession } from "../organize/desk.ts";
import { useOrganizeText } from "../organize/text.ts";
import { useAction } from "../organize/useAction.ts";
import { Button, FormError, Icon, useToast } from "../platform/components/index.ts";
import { dayKey, formatDayShort, formatTime, minutesBetween } from "../platform/time/format.ts";
import type { Conflict } from "./conflicts.ts";
import { useAgendaText } from "./text.ts";

interface ConflictListProps extends DeskPageProps {
  conflicts: readonly Conflict<DeskSession>[];
  onShow: (session: DeskSession) => void;
}

/** What cannot happen, in sentences, each with a repair that fits everything else. */
export function ConflictList({ event, conflicts, onShow }: ConflictListProps) {
  const { t } = useOrganizeText();
  const { t: words } = useAgendaText();
  const toast = useToast();
  const zone = event.timeZone;
  const save = useAction(SaveSessionDocument);

  const place = (session: DeskSession, start: number | string) =>
    save.run({
      input: {
        id: session.id,
        event: event.id,
        room: session.room.id,
        title: session.title,
        summary: session.summary,
        startsAtLocal: toWallClock(start, zone),
        minutes: minutesBetween(session.startsAt, session.endsAt),
        speakers: session.speakers.map((speaker) => speaker.id),
      },
    });

  /** A repair may reach into another day; then the day is said as well. */
  const moment = (start: number, from: string) =>
    dayKey(start, zone) === dayKey(from, zone)
      ? formatTime(start, zone)
      : `${formatDayShort(start, zone)}, ${formatTime(start, zone)}`;

  const move = async (session: DeskSession, start: number) => {
    if (!(await place(session, start))) return;
    toast({
      text: t("agenda.moved", { title: session.title, time: moment(start, session.startsAt) }),
      action: { label: t("agenda.undo"), run: () => void place(session, session.startsAt) },
    });
  };

  return (
    <aside className="agenda-side" aria-label={t("agenda.conflictsTitle")}>
      <div role="status">
        {conflicts.length === 0 && event.sessions.length > 0 && (
          <p className="small muted row">
            <Icon name="check" size="sm" />
            {t("agenda.noConflicts")}
          </p>
        )}
        <ul className="clashes">
          {conflicts.map((conflict) => {
            const { earlier, later, repairStart } = conflict;
            const times = { end: formatTime(earlier.endsAt, zone), start: formatTime(later.startsAt, zone) };
            return (
              <li key={conflict.key}>
                <p className="clash-title">
                  <Icon name="warn" />
                  {conflict.kind === "room" ? t("agenda.oneRoom") : t("agenda.onePerson")}
                </p>
                <p>
                  {conflict.kind === "room"
                    ? t("agenda.roomSentence", {
                        ...times,
                        first: earlier.title,
                        second: later.title,
                        room: earlier.room.name,
                      })
                    : t("agenda.personSentence", {
                        ...times,
                        person: conflict.speaker?.name,
                        room: earlier.room.name,
                        otherRoom: later.room.name,
                      })}
                </p>
                <div className="row wrap">
                  {repairStart !== null && (
                    <Button
                      variant="line"
                      size="sm"
                      disabled={save.pending}
                      onClick={() => void move(later, repairStart)}
                    >
                      {t("agenda.moveTo", { time: moment(repairStart, later.startsAt) })}
                    </Button>
                  )}
                  <Button variant="ghost" size="sm" onClick={() => onShow(later)}>
                    {t("agenda.show")}
                  </Button>
                </div>
              </li>
            );
          })}
        </ul>
      </div>
      {save.refusal && <FormError>{save.refusal.message}</FormError>}
      <p className="small muted agenda-hint">
        {t("agenda.hint")} {words("move.hint")}
      </p>
    </aside>
  );
}
