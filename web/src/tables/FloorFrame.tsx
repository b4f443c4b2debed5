import "./tables.css";
import { lazy, Suspense, useCallback, useEffect, useState } from "react";
import { peoplePath } from "../people/paths.ts";
import { Button, ButtonLink, Empty, Icon, useToast } from "../platform/components/index.ts";
import type { LiveRoom, RoomView } from "../rooms/live.ts";
import { NoticeLines } from "../rooms/Notices.tsx";
import type { RoomOfPage } from "../rooms/RoomPage.tsx";
import { isStaff, StaffTools } from "../rooms/StaffTools.tsx";
import { TroubleLine } from "../rooms/TroubleLine.tsx";
import { AtTable } from "./AtTable.tsx";
import { countsOf, freeSeat, type TableNow, tableOf } from "./floor.ts";
import { StagePip } from "./StagePip.tsx";
import { StartTable } from "./StartTable.tsx";
import { TableCard } from "./TableCard.tsx";
import { useTablesText } from "./text.ts";
import { type FloorState, useFloor } from "./useFloor.ts";

const MutedLine = lazy(() => import("../moderation/MutedLine.tsx"));

const NOBODY: ReadonlySet<string> = new Set();
const FILTERS = ["all", "free", "roundtables"] as const;
type Filter = (typeof FILTERS)[number];

/** A floor of small tables: sit down, talk, stand up; the stage goes on in its corner. */
export default function FloorFrame({ room, live, view }: { room: RoomOfPage; live: LiveRoom; view: RoomView }) {
  const { t } = useTablesText();
  const floor = useFloor(live);
  const [filter, setFilter] = useState<Filter>("all");
  const [starting, setStarting] = useState(false);
  const [talking, setTalking] = useState(NOBODY);
  const me = view.you?.id;
  const mine = tableOf(floor.floor, me);
  const waiting = useWaiting(floor, me);
  useKnockAnswer(live);
  useEffect(() => {
    if (!mine) setTalking(NOBODY);
  }, [mine]);
  const staff = isStaff(view.you);
  const lobby = room.event.rooms.find(({ kind }) => kind === "LOBBY");
  const tables = floor.floor?.tables ?? [];
  const shown = tables.filter((table) => table.id === mine?.id || passes(filter, table, me));
  const counts = floor.floor && countsOf(floor.floor);
  const hasRoundtables = tables.some(({ startsAt }) => startsAt);
  const onTalking = useCallback((people: ReadonlySet<string>) => setTalking(people), []);
  return (
    <div className="floor-room" data-mood="party" data-seated={mine ? "" : undefined}>
      <header className="tt">
        <ButtonLink
          href={lobby ? `/e/${room.event.slug}/rooms/${lobby.slug}` : `/e/${room.event.slug}`}
          variant="ghost"
          size="sm"
          icon
          aria-label={t(lobby ? "toLobby" : "toEvent")}
        >
          <Icon name="left" />
        </ButtonLink>
        <div className="grow tt-words">
          <p className="strong trunc">{room.name}</p>
          <p className="tiny muted trunc" data-testid="floor-counts">
            {counts &&
              `${t("counts.tables", { count: counts.tables })}, ${t("counts.people", { count: counts.people })}, ${t("counts.free", { count: counts.free })}`}
          </p>
        </div>
        {staff && (
          <StaffTools room={room}>
            <Button variant="line" size="sm" pending={floor.pending} onClick={() => void floor.shuffle()}>
              <Icon name="undo" size="sm" />
              {t("shuffle")}
            </Button>
          </StaffTools>
        )}
        <Button variant="quiet" size="sm" aria-label={t("start.title")} onClick={() => setStarting(true)}>
          <Icon name="table" size="sm" />
          <span className="hide-s">{t("start.title")}</span>
        </Button>
        <ButtonLink href={peoplePath(room.event.slug)} variant="ghost" size="sm" icon aria-label={t("searchPeople")}>
          <Icon name="search" />
        </ButtonLink>
      </header>
      <div className="floor-lines">
        <TroubleLine view={view} />
        <NoticeLines room={room} live={live} />
        <Suspense fallback={null}>
          <MutedLine event={room.event.id} room={room.id} />
        </Suspense>
      </div>
      <main className="fl" id="main">
        <div className="fhead">
          <div>
            <h1 className="h2">{t("title")}</h1>
            <p className="muted fsub">{t("subtitle")}</p>
          </div>
          <div className="row wrap" role="group" aria-label={t("filter.label")}>
            {FILTERS.filter((one) => one !== "roundtables" || hasRoundtables).map((one) => (
              <button
                type="button"
                key={one}
                className="chip"
                aria-pressed={one === filter}
                onClick={() => setFilter(one)}
              >
                {t(`filter.${one}`)}
              </button>
            ))}
          </div>
        </div>
        {floor.floor && tables.length === 0 && (
          <Empty
            icon="table"
            title={t("empty.title")}
            action={
              <Button variant="primary" onClick={() => setStarting(true)}>
                {t("start.title")}
              </Button>
            }
          >
            {t("empty.text")}
          </Empty>
        )}
        {floor.floor && tables.length > 0 && shown.length === 0 && (
          <Empty
            icon="table"
            title={t("none.title")}
            action={
              <Button variant="line" onClick={() => setFilter("all")}>
                {t("none.action")}
              </Button>
            }
          />
        )}
        {!floor.floor && floor.failed && (
          <Empty
            icon="warn"
            title={t("failed")}
            action={
              <Button variant="line" onClick={floor.refresh}>
                {t("again")}
              </Button>
            }
          >
            {floor.failed}
          </Empty>
        )}
        {!floor.floor && !floor.failed && (
          <div className="floor" role="status" aria-label={t("loading")}>
            {[1, 2, 3, 4].map((one) => (
              <div key={one} className="tb sk" />
            ))}
          </div>
        )}
        {shown.length > 0 && (
          <ul className="floor" aria-label={t("tables")}>
            {shown.map((table) => (
              <TableCard
                key={table.id}
                table={table}
                me={me}
                floor={floor}
                event={room.event}
                talking={table.id === mine?.id ? talking : NOBODY}
                waiting={waiting.table === table.id}
                onWait={(wait) => waiting.set(wait ? table.id : undefined)}
              />
            ))}
          </ul>
        )}
      </main>
      <StagePip room={room} />
      {mine && me && (
        <AtTable
          key={mine.id}
          live={live}
          table={mine}
          me={me}
          name={view.you?.name ?? ""}
          floor={floor}
          staff={staff}
          onTalking={onTalking}
        />
      )}
      <StartTable open={starting} floor={floor} onClose={() => setStarting(false)} />
    </div>
  );
}

function passes(filter: Filter, table: TableNow, me: string | undefined): boolean {
  if (filter === "free") return freeSeat(table, me) !== undefined;
  return filter === "all" || !!table.startsAt;
}

/** A table whose next free seat somebody waits for. */
function useWaiting({ floor, sit }: FloorState, me: string | undefined) {
  const { t } = useTablesText();
  const toast = useToast();
  const [table, set] = useState<string>();
  const waited = floor?.tables.find(({ id }) => id === table);
  const seat = waited && freeSeat(waited, me);
  const gone = !!table && !!floor && !waited;
  useEffect(() => {
    if (gone) set(undefined);
    if (!table || seat === undefined) return;
    set(undefined);
    toast({ text: t("seatFree"), icon: "bell", action: { label: t("sit"), run: () => void sit(table, seat) } });
  }, [gone, table, seat, toast, t, sit]);
  return { table, set };
}

/** Whoever knocked and is not let in is told; whoever is let in sits already. */
function useKnockAnswer(live: LiveRoom): void {
  const { t } = useTablesText();
  const toast = useToast();
  useEffect(
    () =>
      live.hear<{ about: string; data: string }>("Told", ({ about, data }) => {
        if (about === "knock" && !(JSON.parse(data) as { letIn: boolean }).letIn)
          toast({ text: t("knocks.refused"), icon: "lock" });
      }),
    [live, t, toast],
  );
}
