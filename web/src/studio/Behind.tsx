import { useState } from "react";
import { useLocation } from "wouter";
import { ButtonLink } from "../platform/components/index.ts";
import { MessagePage } from "../platform/shell/Message.tsx";
import type { LiveRoom } from "../rooms/live.ts";
import { useLiveRoom } from "../rooms/useLiveRoom.ts";
import { spotOf } from "../stage/plan.ts";
import type { Studio } from "../stage/useStudio.ts";
import { BackstageFrame } from "./BackstageFrame.tsx";
import { ConsoleFrame } from "./ConsoleFrame.tsx";
import { isCrew } from "./people.ts";
import type { StudioRoom } from "./StudioPage.tsx";
import { useText } from "./text.ts";
import { useBackstage } from "./useBackstage.ts";

interface BehindProps {
  room: StudioRoom;
  studio: Studio;
  refresh: () => void;
}

/** Behind the stage: joins the room in front, where the audience is, and the one behind it, where the crew talks. */
export function Behind(props: BehindProps) {
  const { room } = props;
  const stage = useLiveRoom(room.id, room.event.id);
  const crew = useLiveRoom(room.stage?.backstage?.id ?? room.id, room.event.id);
  return stage && crew && <Joined {...props} stage={stage} crew={crew} />;
}

function Joined({ room, studio, refresh, stage, crew }: BehindProps & { stage: LiveRoom; crew: LiveRoom }) {
  const { t } = useText();
  const [, go] = useLocation();
  const [runs, setRuns] = useState(false);
  const backstage = useBackstage({ room, studio, stage, crew, refresh });
  if (!backstage) return null;
  const { refusal } = backstage.crewView;
  if (refusal) {
    return (
      <MessagePage
        title={t("notYours.title")}
        action={
          <ButtonLink href={`/e/${room.event.slug}/rooms/${room.slug}`} variant="primary">
            {t("top.back")}
          </ButtonLink>
        }
      >
        {refusal.message}
      </MessagePage>
    );
  }
  const { you, people, plan } = backstage;
  // Who is alone, or makes the audience's picture, has the desk; a speaker among others has the backstage.
  const desk =
    isCrew(you.role) ||
    runs ||
    studio.phase !== "backstage" ||
    (room.stage?.viewerMayDirect && !people.some((somebody) => !somebody.you && isCrew(somebody.role)));
  if (desk) return <ConsoleFrame backstage={backstage} />;
  return (
    <BackstageFrame
      backstage={backstage}
      onRun={room.stage?.viewerMayDirect ? () => setRuns(true) : undefined}
      onLeave={() => {
        const spot = spotOf(plan, you.id);
        if (spot) backstage.direct.takeOff(spot.spot);
        go(`/e/${room.event.slug}/rooms/${room.slug}`);
      }}
    />
  );
}
