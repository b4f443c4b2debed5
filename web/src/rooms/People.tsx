import { lazy, Suspense } from "react";
import { Avatar, LiveBadge } from "../platform/components/index.ts";
import { formatNumber } from "../platform/time/format.ts";
import { sessionNow } from "./agenda.ts";
import type { RoomView } from "./live.ts";
import type { RoomOfPage } from "./RoomPage.tsx";
import { useText } from "./text.ts";
import { useNow } from "./time.ts";
import type { StageStatus } from "./wire.ts";

/** Looking for people has menus and dialogs, which the picture does not wait for. */
const RoomPeople = lazy(() => import("../people/RoomPeople.tsx"));

/** Who is on stage, and whom of those who are here to meet. */
export function People({ room, view }: { room: RoomOfPage; view: RoomView }) {
  const stage = room.kind === "STAGE" && <OnStage room={room} view={view} />;
  return (
    <div className="people" data-testid="people">
      <Suspense fallback={stage}>
        <RoomPeople event={room.event} present={view.log.present}>
          {stage}
        </RoomPeople>
      </Suspense>
    </div>
  );
}

function OnStage({ room, view }: { room: RoomOfPage; view: RoomView }) {
  const { t } = useText();
  const now = useNow();
  const { watching, stage } = view.log;
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
    <section>
      <div className="phead2">
        <h2>{t("people.onStage")}</h2>
        {live && (
          <span className="muted">{t("people.watching", { count: watching, number: formatNumber(watching) })}</span>
        )}
      </div>
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
  );
}
