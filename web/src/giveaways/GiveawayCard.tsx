import type { ReactNode } from "react";
import type { GiveawayPartsFragment } from "../gql/graphql.ts";
import { Badge, Icon } from "../platform/components/index.ts";
import { useText } from "./text.ts";
import { Verify } from "./Verify.tsx";

interface GiveawayCardProps {
  event: string;
  giveaway: GiveawayPartsFragment;
  /** What can be done with a turn. */
  turnTools?: (turn: GiveawayPartsFragment["turns"][number]) => ReactNode;
  children?: ReactNode;
}

/** A prize: who takes part, who was drawn, and the proof. */
export function GiveawayCard({ event, giveaway, turnTools, children }: GiveawayCardProps) {
  const { t } = useText();
  const { id, prize, state, winners, eligible, leastPoints, entrants, turns, myPlace } = giveaway;
  return (
    <li className="card giveaway" aria-labelledby={`giveaway-${id}`}>
      <header className="row between">
        <h2 className="h4" id={`giveaway-${id}`}>
          {prize}
        </h2>
        <Badge tone={state === "DRAWN" ? "success" : "outline"}>{t(`state.${state}`)}</Badge>
      </header>
      <p className="small muted">
        {t("winners", { count: winners })} {t(`eligible.${eligible}`, { count: leastPoints })}{" "}
        {state !== "OPEN" && t("entrants", { count: entrants })} {myPlace != null && t("youTakePart")}
      </p>
      {turns.length > 0 && (
        <ol className="giveaway-turns" aria-label={t("drawn")}>
          {turns.map((turn) => (
            <li key={turn.turn} className="row between">
              <span className="row">
                <Icon name={turn.state === "ABSENT" ? "x" : "check"} size="sm" /> {turn.name || t("gone")}{" "}
                <span className="tiny muted">{t(`turn.${turn.state}`)}</span>
              </span>
              {turnTools?.(turn)}
            </li>
          ))}
        </ol>
      )}
      {children}
      <Verify event={event} giveaway={giveaway} />
    </li>
  );
}
