import { lazy, Suspense, useState } from "react";
import { Button, ButtonLink, Icon, Skeleton } from "../platform/components/index.ts";
import { useText } from "./text.ts";

const RulesForm = lazy(() => import("./RulesForm.tsx"));

/** For the staff of a room: the way to the queue, and the rules of the chat. */
export function ModerationTools({ room }: { room: { id: string; name: string; event: { slug: string } } }) {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  return (
    <div className="stack">
      <div className="row wrap">
        <ButtonLink href={`/e/${room.event.slug}/moderation`} variant="line">
          <Icon name="shield" size="sm" />
          {t("openQueue")}
        </ButtonLink>
        <Button variant="line" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Icon name="sliders" size="sm" />
          {t("roomRules")}
        </Button>
      </div>
      {open && (
        <Suspense fallback={<Skeleton width="100%" />}>
          <RulesForm room={room} />
        </Suspense>
      )}
    </div>
  );
}
