import { useEffect } from "react";
import { Button, ButtonLink, FormError, Icon } from "../platform/components/index.ts";
import { useText } from "../stage/text.ts";
import type { Studio } from "../stage/useStudio.ts";
import type { StudioRoom } from "./StudioPage.tsx";

const LOOK_MS = 3_000;
const LOOKS = 20;

/** After the broadcast: what became of it, and where to go. */
export function OffAir({ room, studio, refresh }: { room: StudioRoom; studio: Studio; refresh: () => void }) {
  const { t } = useText();
  const { slug } = room.event;
  const replay = room.event.replays.find((made) => made.id === studio.broadcast);
  const waiting = !replay;
  useEffect(() => {
    if (!waiting) return;
    let looks = 0;
    const timer = setInterval(() => {
      if (++looks > LOOKS) clearInterval(timer);
      else refresh();
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [waiting, refresh]);
  return (
    <div className="off-air" role="status">
      <h2 className="h2">{studio.refusal ? t("studio.refused") : t("studio.ended")}</h2>
      {studio.refusal && <FormError>{studio.refusal.message}</FormError>}
      <p className="muted">{t("studio.endedText")}</p>
      <div className="row wrap">
        {replay && (
          <ButtonLink href={`/e/${slug}/replays/${replay.id}`} variant="primary">
            <Icon name="play" />
            {t("studio.watchReplay")}
          </ButtonLink>
        )}
        <ButtonLink href={`/e/${slug}/rooms/${room.slug}`} variant="quiet">
          {t("studio.toRoom")}
        </ButtonLink>
        <Button variant="ghost" onClick={studio.backToStart}>
          {t("studio.again")}
        </Button>
      </div>
    </div>
  );
}
