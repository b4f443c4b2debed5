import { useState } from "react";
import { Button, Icon } from "../platform/components/index.ts";
import { PageTurner } from "./PageTurner.tsx";
import { SlidesDialog } from "./SlidesDialog.tsx";
import { useText } from "./text.ts";
import type { Backstage } from "./useBackstage.ts";

/** A speaker's slides: what is loaded; once they are on stage, turning the pages. */
export function OwnSlides({ backstage }: { backstage: Backstage }) {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  const { plan, you, direct, room } = backstage;
  const own = (room.stage?.decks ?? []).filter(({ person }) => person === you.id);
  const pages = own.reduce((sum, deck) => sum + deck.pages.length, 0);
  return (
    <div className="deck">
      <p className="label">{t("slides.yours")}</p>
      {plan.slides?.by === you.id ? (
        <PageTurner slides={plan.slides} direct={direct} />
      ) : (
        <>
          <p className="strong num">{pages > 0 ? t("slides.loaded", { count: pages }) : t("slides.none")}</p>
          <p className="tiny muted trunc">{own.map(({ name }) => name).join(", ")}</p>
        </>
      )}
      <Button variant="quiet" size="sm" onClick={() => setOpen(true)}>
        <Icon name="slides" />
        {pages > 0 ? t("slides.change") : t("slides.bring")}
      </Button>
      <SlidesDialog open={open} backstage={backstage} onClose={() => setOpen(false)} />
    </div>
  );
}
