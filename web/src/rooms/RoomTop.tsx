import { UnreadLink } from "../messages/UnreadLink.tsx";
import { Badge, ButtonLink, Icon, LiveBadge } from "../platform/components/index.ts";
import { formatNumber } from "../platform/time/format.ts";
import { sessionNow } from "./agenda.ts";
import type { RoomView } from "./live.ts";
import type { RoomOfPage } from "./RoomPage.tsx";
import { useText } from "./text.ts";
import { clock, useNow } from "./time.ts";

/** Where you are, what is on, and whether it is live. */
export function RoomTop({ room, view, onPeople }: { room: RoomOfPage; view: RoomView; onPeople: () => void }) {
  const { t } = useText();
  const now = useNow();
  const lobby = room.event.rooms.find((other) => other.kind === "LOBBY" && other.id !== room.id);
  const session = sessionNow(room.sessions, now);
  const here = t("peopleHere", { count: view.log.present, number: formatNumber(view.log.present) });
  return (
    <header className="rtop">
      <ButtonLink
        href={lobby ? `/e/${room.event.slug}/rooms/${lobby.slug}` : `/e/${room.event.slug}`}
        variant="ghost"
        size="sm"
        icon
        aria-label={lobby ? t("toLobby") : t("back")}
      >
        <Icon name="left" />
      </ButtonLink>
      <div className="t grow">
        <h1 className="strong trunc room-title">{session?.title ?? room.name}</h1>
        <p className="tiny muted trunc">
          {session ? `${room.name} · ` : ""}
          {room.event.name}
        </p>
      </div>
      <StateBadge room={room} view={view} now={now} />
      <UnreadLink event={room.event} />
      <button type="button" className="badge people-badge" title={here} onClick={onPeople}>
        <Icon name="people" />
        <span className="num" aria-hidden="true" data-testid="present">
          {formatNumber(view.log.present)}
        </span>
        <span className="sr">{t("showPeople", { here })}</span>
      </button>
    </header>
  );
}

function StateBadge({ room, view, now }: { room: RoomOfPage; view: RoomView; now: number }) {
  const { t } = useText();
  const { state, startedAt } = view.log.stage;
  if (view.state === "reconnecting") {
    return (
      <Badge tone="warning" icon="weak">
        {t("reconnecting")}
      </Badge>
    );
  }
  if (view.state !== "live" || room.kind !== "STAGE") return null;
  if (state === "interrupted") {
    return (
      <Badge tone="warning" icon="pause">
        {t("paused")}
      </Badge>
    );
  }
  if (state !== "live") return null;
  return (
    <LiveBadge>
      {t("live")} {startedAt && <span className="num">{clock(now - startedAt)}</span>}
    </LiveBadge>
  );
}
