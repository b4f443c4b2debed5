import { Avatar, LiveBadge } from "../platform/components/index.ts";
import { formatNumber } from "../platform/time/format.ts";
import { sessionNow } from "./agenda.ts";
import type { RoomView } from "./live.ts";
import type { RoomOfPage } from "./RoomPage.tsx";
import { useText } from "./text.ts";
import { useNow } from "./time.ts";
import type { StageStatus } from "./wire.ts";

/** How many are here, and who is on stage. */
export function People({ room, view }: { room: RoomOfPage; view: RoomView }) {
  const { t } = useText();
  const now = useNow();
  const { present, watching, stage } = view.log;
  const session = sessionNow(room.sessions, now);
  const live = stage.state === "live" || stage.state === "interrupted";
  const speakers = room.event.sessions.flatMap((s) => s.speakers);
  // A stage that is opened without a plan has one speaker, the one who opened it.
  const on: NonNullable<StageStatus["on"]> = live
    ? stage.on?.length
      ? stage.on
      : stage.speaker
        ? [{ name: stage.speaker }]
        : []
    : [];
  return (
    <div className="scroll people" data-testid="people">
      <div className="people-counts">
        <p className="stat">
          <b>{formatNumber(present)}</b>
          <span className="muted small">{t("people.here", { count: present })}</span>
        </p>
        {room.kind === "STAGE" && live && (
          <p className="stat">
            <b>{formatNumber(watching)}</b>
            <span className="muted small">{t("people.watching", { count: watching })}</span>
          </p>
        )}
      </div>
      {room.kind === "STAGE" && (
        <section>
          <h2 className="label people-head">{t("people.onStage")}</h2>
          {on.length > 0 ? (
            on.map(({ person, name, title }) => {
              const speaker = speakers.find((one) => one.name === name);
              return (
                <div className="prow" key={person ?? name}>
                  <Avatar
                    name={name}
                    photoUrl={speaker?.photoUrl ?? null}
                    portrait={speaker?.portrait ?? null}
                    size="md"
                    presence="stage"
                  />
                  <div>
                    <p className="strong">{name}</p>
                    <p className="tiny muted trunc">{title ?? speaker?.headline ?? session?.title}</p>
                  </div>
                  {stage.state === "live" && <LiveBadge>{t("live")}</LiveBadge>}
                </div>
              );
            })
          ) : (
            <p className="muted small people-text">{t("people.nobody")}</p>
          )}
          <p className="muted tiny people-text">{t("people.recorded")}</p>
        </section>
      )}
      {view.you && (
        <section>
          <h2 className="label people-head">{t("people.you")}</h2>
          <div className="prow">
            <Avatar name={view.you.name} size="md" presence="on" />
            <div>
              <p className="strong">{view.you.name}</p>
              <p className="tiny muted">{t(`chat.role.${view.you.role}`)}</p>
            </div>
          </div>
          <p className="muted tiny people-text">{t("people.youText")}</p>
        </section>
      )}
    </div>
  );
}
