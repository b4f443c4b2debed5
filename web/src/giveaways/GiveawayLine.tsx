import { useState } from "react";
import { Link } from "wouter";
import { useTold } from "../attend/index.ts";
import { Button } from "../platform/components/Button.tsx";
import { Icon } from "../platform/components/Icon.tsx";
import { useText } from "../rooms/text.ts";

/** What everybody at the event is told of a giveaway. */
interface GiveawayNews {
  id: string;
  prize: string;
  state: "listed" | "drawn";
  /** Names of those who were drawn and have not answered. */
  drawn: string[];
}

/** A quiet line when something is given away, wherever one is at the event. */
export function GiveawayLine({ event }: { event: { id: string; slug: string } }) {
  const { t } = useText();
  const [news, setNews] = useState<GiveawayNews>();
  useTold<GiveawayNews>(event.id, "giveaway", setNews);
  if (!news || (news.state === "drawn" && news.drawn.length === 0)) return null;
  return (
    <div className="next" data-testid="giveaway">
      <Icon name="card" />
      <p className="grow small">
        <b className="strong">{news.prize}</b>{" "}
        {news.state === "listed"
          ? t("giveaway.listed")
          : t("giveaway.drawn", { names: news.drawn.join(", "), count: news.drawn.length })}{" "}
        <Link className="link" href={`/e/${event.slug}/prizes`}>
          {t("giveaway.see")}
        </Link>
      </p>
      <Button variant="ghost" size="sm" icon aria-label={t("announcement.close")} onClick={() => setNews(undefined)}>
        <Icon name="x" size="sm" />
      </Button>
    </div>
  );
}
