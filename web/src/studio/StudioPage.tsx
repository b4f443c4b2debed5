import "../platform/design/components-live.css";
import "../rooms/room.css";
import "../stage/studio.css";
import "./backstage.css";
import { useQuery } from "urql";
import { useParams } from "wouter";
import { StudioDocument, type StudioQuery } from "../gql/graphql.ts";
import { ButtonLink, Skeleton } from "../platform/components/index.ts";
import { brand } from "../platform/design/brand.ts";
import { roomTheme } from "../platform/design/theme.ts";
import { refusalOf } from "../platform/graph/refusal.ts";
import { MessagePage } from "../platform/shell/Message.tsx";
import { useTitle } from "../platform/shell/title.ts";
import { useOnAir } from "../stage/useOnAir.ts";
import { useStudio } from "../stage/useStudio.ts";
import { Behind } from "./Behind.tsx";
import { DeviceCheck } from "./DeviceCheck.tsx";
import { useText } from "./text.ts";
import { useConsent } from "./useConsent.ts";

export type StudioRoom = NonNullable<StudioQuery["room"]>;

/** Where a speaker checks the devices, waits backstage, and goes on; and where the crew runs the stage. */
export default function StudioPage() {
  const { t } = useText();
  const { slug, room: address } = useParams<{ slug: string; room: string }>();
  const [{ data, error, fetching }, refresh] = useQuery({
    query: StudioDocument,
    variables: { event: slug, slug: address },
  });
  const room = data?.room;
  if (room?.stage?.backstage) {
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
  const studio = useStudio(room.id);
  const consent = useConsent(room, () => studio?.enter());
  useOnAir(studio?.phase === "live" || studio?.phase === "ending");
  return (
    <div className="studio-page" data-mood="room" data-theme={roomTheme()} {...brand(room.event.accent)}>
      {studio && studio.phase !== "check" && <Behind room={room} studio={studio} refresh={refresh} />}
      {studio?.phase === "check" && (
        <DeviceCheck
          room={room}
          name={name}
          studio={studio}
          crew={room.stage?.viewerMayDirect ?? false}
          consented={room.stage?.viewerConsented ?? false}
          entering={consent.pending}
          refusal={consent.refusal}
          onEnter={consent.give}
        />
      )}
    </div>
  );
}
