import { useState } from "react";
import { useQuery } from "urql";
import { Link } from "wouter";
import {
  DrawGiveawayDocument,
  type GiveawayPartsFragment,
  GiveawaysDocument,
  KeepPointsDocument,
  ListGiveawayDocument,
  PassGiveawayDocument,
  PointsOfEventDocument,
} from "../gql/graphql.ts";
import { type DeskPageProps, deskPath } from "../organize/desk.ts";
import { useAction } from "../organize/useAction.ts";
import { Button, Empty, FormError, Icon, SkeletonCard } from "../platform/components/index.ts";
import { refusalOf } from "../platform/graph/refusal.ts";
import { useTitle } from "../platform/shell/title.ts";
import { GiveawayCard } from "./GiveawayCard.tsx";
import { GiveawayDialog } from "./GiveawayDialog.tsx";
import { useText } from "./text.ts";
import "./giveaways.css";

/** The organizer's giveaways, and whether points are kept. */
export function GiveawaysDesk({ event }: DeskPageProps) {
  const { t } = useText();
  useTitle(t("title"), event.name);
  const [{ data, error }, ask] = useQuery({ query: GiveawaysDocument, variables: { event: event.id } });
  const [making, setMaking] = useState(false);
  const again = () => ask({ requestPolicy: "network-only" });
  return (
    <div className="giveaways-desk">
      <div className="crumb">
        <Link href={deskPath(event)}>{event.name}</Link>
        <Icon name="right" />
        <span>{t("title")}</span>
      </div>
      <div className="headrow">
        <div>
          <h1 className="h2">{t("title")}</h1>
          <p className="muted overview-sub">
            {t("lead")}{" "}
            <Link className="link" href={`/e/${event.slug}/prizes`}>
              {t("asAttendees")}
            </Link>
          </p>
        </div>
        <Button variant="solid" onClick={() => setMaking(true)}>
          <Icon name="plus" size="sm" />
          {t("make")}
        </Button>
      </div>
      {!data ? (
        error ? (
          <Empty icon="warn" title={t("failed")} action={<Button onClick={again}>{t("again")}</Button>}>
            {refusalOf(error).message}
          </Empty>
        ) : (
          <SkeletonCard lines={4} />
        )
      ) : data.giveaways.length === 0 ? (
        <div className="card">
          <Empty icon="card" title={t("none.title")}>
            {t("none.text")}
          </Empty>
        </div>
      ) : (
        <ul className="giveaways">
          {data.giveaways.map((one) => (
            <Steps key={one.id} event={event.id} giveaway={one} onChange={again} />
          ))}
        </ul>
      )}
      <PointsSwitch event={event.id} />
      {making && (
        <GiveawayDialog
          event={event}
          onClose={() => setMaking(false)}
          onMade={() => {
            setMaking(false);
            again();
          }}
        />
      )}
    </div>
  );
}

interface StepsProps {
  event: string;
  giveaway: GiveawayPartsFragment;
  onChange: () => void;
}

/** The next step of a giveaway: fix the list, draw, draw again for who is absent. */
function Steps({ event, giveaway, onChange }: StepsProps) {
  const { t } = useText();
  const list = useAction(ListGiveawayDocument);
  const draw = useAction(DrawGiveawayDocument);
  const pass = useAction(PassGiveawayDocument);
  const refusal = list.refusal ?? draw.refusal ?? pass.refusal;
  const { id, state, winners, turns, entrants } = giveaway;
  const missing = winners - turns.filter((turn) => turn.state !== "ABSENT").length;
  return (
    <GiveawayCard
      event={event}
      giveaway={giveaway}
      turnTools={(turn) =>
        turn.state === "TOLD" && (
          <Button
            variant="ghost"
            size="sm"
            aria-label={t("absentOf", { name: turn.name })}
            pending={pass.pending}
            onClick={() => void pass.run({ id, turn: turn.turn }).then(onChange)}
          >
            {t("absent")}
          </Button>
        )
      }
    >
      {refusal && <FormError>{refusal.message}</FormError>}
      {state === "OPEN" && (
        <Button variant="line" pending={list.pending} onClick={() => void list.run({ id }).then(onChange)}>
          {t("list")}
        </Button>
      )}
      {state !== "OPEN" && missing > 0 && turns.length < entrants && (
        <Button variant="line" pending={draw.pending} onClick={() => void draw.run({ id }).then(onChange)}>
          {turns.length === 0 ? t("draw") : t("drawAgain")}
        </Button>
      )}
    </GiveawayCard>
  );
}

function PointsSwitch({ event }: { event: string }) {
  const { t } = useText();
  const [{ data }, ask] = useQuery({ query: PointsOfEventDocument, variables: { event } });
  const keep = useAction(KeepPointsDocument);
  if (!data) return null;
  return (
    <section className="card giveaway" aria-labelledby="points">
      <h2 className="h4" id="points">
        {t("points.title")}
      </h2>
      <label className="check">
        <input
          type="checkbox"
          checked={data.points.kept}
          onChange={(e) =>
            void keep.run({ event, on: e.target.checked }).then(() => ask({ requestPolicy: "network-only" }))
          }
        />
        <span>{t("points.keep")}</span>
      </label>
      <p className="small muted">{t("points.keepHint")}</p>
      {keep.refusal && <FormError>{keep.refusal.message}</FormError>}
    </section>
  );
}
