import "../platform/design/components-live.css";
import "../people/people.css";
import "./giveaways.css";
import { useQuery } from "urql";
import { useParams } from "wouter";
import { useOnReturn, useTold } from "../attend/index.ts";
import {
  AnswerGiveawayDocument,
  type GiveawayPartsFragment,
  GiveawaysDocument,
  PrizesPageDocument,
  type PrizesPageQuery,
} from "../gql/graphql.ts";
import { useUnreadMessages } from "../messages/useUnreadMessages.ts";
import { useAction } from "../organize/useAction.ts";
import { EventBar } from "../people/EventBar.tsx";
import { Button, ButtonLink, Empty, FormError, SkeletonCard } from "../platform/components/index.ts";
import { brand } from "../platform/design/brand.ts";
import { refusalOf } from "../platform/graph/refusal.ts";
import { MessagePage } from "../platform/shell/Message.tsx";
import { useTitle } from "../platform/shell/title.ts";
import { EventNotices } from "../rooms/Notices.tsx";
import { GiveawayCard } from "./GiveawayCard.tsx";
import { MyPoints } from "./MyPoints.tsx";
import { useText } from "./text.ts";

/** Giveaways and points of an event, for its people. */
export default function PrizesPage() {
  const { t } = useText();
  const { slug } = useParams<{ slug: string }>();
  const [{ data, fetching }] = useQuery({ query: PrizesPageDocument, variables: { slug } });
  if (data?.event && data.viewer) return <Prizes event={data.event} viewer={data.viewer} />;
  if (fetching)
    return (
      <main id="main" className="people-page loading">
        <SkeletonCard lines={6} />
      </main>
    );
  return (
    <MessagePage
      title={t("notHere.title")}
      action={
        <ButtonLink href={`/e/${slug}`} variant="primary">
          {t("notHere.action")}
        </ButtonLink>
      }
    >
      {t("notHere.text")}
    </MessagePage>
  );
}

type Found = PrizesPageQuery;

function Prizes({ event, viewer }: { event: NonNullable<Found["event"]>; viewer: NonNullable<Found["viewer"]> }) {
  const { t } = useText();
  useTitle(t("page"), event.name);
  const unread = useUnreadMessages(event.id);
  const [{ data, error }, ask] = useQuery({ query: GiveawaysDocument, variables: { event: event.id } });
  const again = () => ask({ requestPolicy: "network-only" });
  useTold(event.id, "giveaway", again);
  useOnReturn(event.id, again);
  const won = data?.giveaways.find((one) => mine(one)?.state === "TOLD");
  return (
    <div className="people-page ebody" {...brand(event.accent)}>
      <EventBar event={event} viewer={viewer} here="prizes" unread={unread} />
      <EventNotices event={event} />
      <main className="prizes" id="main">
        <h1 className="h2">{t("page")}</h1>
        <p className="sr" role="status">
          {won ? t("youWon", { prize: won.prize }) : ""}
        </p>
        {!data ? (
          error ? (
            <Empty icon="warn" title={t("failed")} action={<Button onClick={again}>{t("again")}</Button>}>
              {refusalOf(error).message}
            </Empty>
          ) : (
            <SkeletonCard lines={4} />
          )
        ) : data.giveaways.length === 0 ? (
          <Empty icon="card" title={t("nothing.title")}>
            {t("nothing.text")}
          </Empty>
        ) : (
          <ul className="giveaways">
            {data.giveaways.map((one) => (
              <GiveawayCard key={one.id} event={event.id} giveaway={one}>
                {mine(one)?.state === "TOLD" && <Won giveaway={one} onAnswered={again} />}
              </GiveawayCard>
            ))}
          </ul>
        )}
        <MyPoints event={event.id} />
      </main>
    </div>
  );
}

/** The turn in which the viewer was drawn. */
function mine(giveaway: GiveawayPartsFragment) {
  return giveaway.turns.find(({ place }) => place === giveaway.myPlace);
}

function Won({ giveaway, onAnswered }: { giveaway: GiveawayPartsFragment; onAnswered: () => void }) {
  const { t } = useText();
  const answer = useAction(AnswerGiveawayDocument);
  return (
    <div className="giveaway-won">
      <p className="strong">{t("youWon", { prize: giveaway.prize })}</p>
      <div className="row">
        <Button
          variant="primary"
          pending={answer.pending}
          onClick={() => void answer.run({ id: giveaway.id, accept: true }).then(onAnswered)}
        >
          {t("take")}
        </Button>
        <Button
          variant="ghost"
          pending={answer.pending}
          onClick={() => void answer.run({ id: giveaway.id, accept: false }).then(onAnswered)}
        >
          {t("leave")}
        </Button>
      </div>
      {answer.refusal && <FormError>{answer.refusal.message}</FormError>}
    </div>
  );
}
