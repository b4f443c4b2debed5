import "../platform/design/components-live.css";
import "../rooms/room.css";
import "./studio.css";
import { useQuery } from "urql";
import { useParams } from "wouter";
import { StudioDocument, type StudioQuery } from "../gql/graphql.ts";
import { ButtonLink, Skeleton } from "../platform/components/index.ts";
import { brand } from "../platform/design/brand.ts";
import { roomTheme } from "../platform/design/theme.ts";
import { refusalOf } from "../platform/graph/refusal.ts";
import { MessagePage } from "../platform/shell/Message.tsx";
import { useTitle } from "../platform/shell/title.ts";
import { useLiveRoom } from "../rooms/useLiveRoom.ts";
import { DeviceCheck } from "./DeviceCheck.tsx";
import { StudioFrame } from "./StudioFrame.tsx";
import { useText } from "./text.ts";
import { useOnAir } from "./useOnAir.ts";
import { useStudio } from "./useStudio.ts";

export type StudioRoom = NonNullable<StudioQuery["room"]>;

/** Where a speaker checks the devices, waits backstage, and goes live. */
export default function StudioPage() {
  const { t } = useText();
  const { slug, room: address } = useParams<{ slug: string; room: string }>();
  const [{ data, error, fetching }, refresh] = useQuery({
    query: StudioDocument,
    variables: { event: slug, slug: address },
  });
  const room = data?.room;
  if (room?.viewerMayBroadcast && room.kind === "STAGE") {
    return (
      <StudioOf
        room={room}
        name={data?.viewer?.name ?? ""}
        refresh={() => refresh({ requestPolicy: "network-only" })}
      />
    );
  }
  if (fetching) {
    return (
      <div className="room-page" data-mood="room" data-theme={roomTheme()} role="status" aria-label={t("loading")}>
        <Skeleton height={320} />
      </div>
    );
  }
  const refusal = error && refusalOf(error);
  const broken = refusal && ["unknown", "offline"].includes(refusal.code);
  return (
    <MessagePage
      title={broken ? t("failed") : t("notYours.title")}
      action={
        <ButtonLink href={`/e/${slug}`} variant="primary">
          {t("notYours.action")}
        </ButtonLink>
      }
    >
      {broken ? refusal.message : t("notYours.text")}
    </MessagePage>
  );
}

function StudioOf({ room, name, refresh }: { room: StudioRoom; name: string; refresh: () => void }) {
  const { t } = useText();
  useTitle(t("title"), room.name, room.event.name);
  const studio = useStudio(room.id, name);
  const live = useLiveRoom(room.id, room.event.id);
  useOnAir(studio?.phase === "live" || studio?.phase === "ending");
  return (
    <div className="studio-page" data-mood="room" data-theme={roomTheme()} {...brand(room.event.accent)}>
      {studio && live && studio.phase !== "check" && (
        <StudioFrame room={room} name={name} studio={studio} live={live} refresh={refresh} />
      )}
      {studio?.phase === "check" && <DeviceCheck room={room} name={name} studio={studio} />}
    </div>
  );
}
