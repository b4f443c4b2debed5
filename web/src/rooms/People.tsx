import { Avatar, LiveBadge } from "../platform/components/index.ts";
import { formatNumber } from "../platform/time/format.ts";
import { sessionNow } from "./agenda.ts";
import type { RoomView } from "./live.ts";
import type { RoomOfPage } from "./RoomPage.tsx";
import { useText } from "./text.ts";
import { useNow } from "./time.ts";

/** How many are here, and who is on stage. */
export function People({ room, view }: { room: RoomOfPage; view: RoomView }) {
  const { t } = useText();
  const now = useNow();
  const { present, watching, stage } = view.log;
  const session = sessionNow(room.sessions, now);
  const live = stage.state === "live" || stage.state === "interrupted";
  const speaker = room.event.sessions.flatMap((s) => s.speakers).find((s) => s.name === stage.speaker);
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
          {live && stage.speaker ? (
            <div className="prow">
              <Avatar
                name={stage.speaker}
                photoUrl={speaker?.photoUrl ?? null}
                portrait={speaker?.portrait ?? null}
                size="md"
                presence="stage"
              />
              <div>
                <p className="strong">{stage.speaker}</p>
                <p className="tiny muted trunc">{speaker?.headline ?? session?.title}</p>
              </div>
              {stage.state === "live" && <LiveBadge>{t("live")}</LiveBadge>}
            </div>
          ) : (
            <p className="muted small people-text">{t("people.nobody")}</p>
          )}
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
