import { type ReactNode, useEffect, useState } from "react";
import { useQuery } from "urql";
import { type MyPlaceQuery, PersonDocument } from "../gql/graphql.ts";
import { Button, ButtonLink } from "../platform/components/Button.tsx";
import { FormError } from "../platform/components/Field.tsx";
import { Icon } from "../platform/components/Icon.tsx";
import { Empty, Skeleton } from "../platform/components/States.tsx";
import { refusalOf } from "../platform/graph/refusal.ts";
import { BlockDialog } from "./BlockDialog.tsx";
import { clockAt, lengthOf } from "./between.ts";
import { ConnectButton } from "./ConnectButton.tsx";
import { ContactExchange } from "./ContactExchange.tsx";
import { languageName } from "./languages.ts";
import { messagePath, proposePath } from "./paths.ts";
import { Reason } from "./Reason.tsx";
import { ReportDialog } from "./ReportDialog.tsx";
import { Portrait } from "./Suggestions.tsx";
import { alike, lineOf } from "./tags.ts";
import { useText } from "./text.ts";

interface PersonPaneProps {
  event: { id: string; slug: string };
  person: string;
  mine: MyPlaceQuery["myProfile"] | undefined;
  /** Another value: something changed that the server told of. */
  news?: number;
  onClose: () => void;
}

/** One person: who they are, why to meet them, and what to do about it. */
export function PersonPane({ event, person, mine, news = 0, onClose }: PersonPaneProps) {
  const { t } = useText();
  const [{ data, error, fetching }, again] = useQuery({
    query: PersonDocument,
    variables: { event: event.id, person },
  });
  useEffect(() => {
    if (news > 0) again({ requestPolicy: "network-only" });
  }, [news, again]);
  const [asking, setAsking] = useState<"block" | "report">();
  const found = data?.event?.person?.id === person ? data.event.person : undefined;
  const close = (
    <Button variant="ghost" size="sm" icon className="pane-close" aria-label={t("person.close")} onClick={onClose}>
      <Icon name="x" size="sm" />
    </Button>
  );
  if (!found) {
    return (
      <>
        <div className="row between">
          <span />
          {close}
        </div>
        {error && <FormError>{refusalOf(error).message}</FormError>}
        {!error && fetching && (
          <div className="stack" aria-busy="true">
            <Skeleton height={200} />
            <Skeleton width="60%" />
            <Skeleton width="80%" />
          </div>
        )}
        {!error && !fetching && (
          <Empty icon="people" title={t("person.gone")}>
            {t("person.goneText")}
          </Empty>
        )}
      </>
    );
  }
  const { card } = found;
  const who = { id: found.id, name: card.name };
  const self = mine?.id === found.id;
  const me = mine?.at?.card;
  const shared = alike(card.interests, me?.interests ?? []);
  const met = data?.event?.metAtParties[0];
  const isHere = !self && data?.event?.peopleHere.includes(found.id);
  const clock = clockAt(found.timeZone, new Date());
  const ended = () => setAsking(undefined);
  return (
    <>
      <div className="row between pane-top">
        <span />
        {close}
      </div>
      <Portrait name={card.name} picture={card.picture} />
      <h2 className="h3" id="person-name">
        {card.name}
      </h2>
      {lineOf(card) && <p className="muted">{lineOf(card)}</p>}
      {(isHere || clock) && (
        <p className="small muted">
          {[isHere && t("person.here"), clock && t("person.clock", { ...clock })].filter(Boolean).join(" · ")}
        </p>
      )}
      {met && (
        <p className="small row met-line">
          <Icon name="party" size="sm" />
          {t(met.extended ? "person.metLonger" : "person.met", { round: met.round, length: lengthOf(met.seconds) })}
        </p>
      )}
      {found.reason && (
        <div className="why">
          <Icon name="match" />
          <p>
            <b>{t("person.why")}</b> <Reason reason={found.reason} card={card} />
          </p>
        </div>
      )}
      {card.about && <p className="about">{card.about}</p>}
      {card.introVideo && (
        // biome-ignore lint/a11y/useMediaCaption: people record half a minute of themselves; nobody writes captions for it
        <video className="intro" src={card.introVideo} controls preload="none" aria-label={t("person.intro", who)} />
      )}
      {card.interests.length > 0 && (
        <Tags title={shared.size > 0 ? t("person.alike", { count: shared.size }) : t("person.interests")}>
          {card.interests.map((tag) => (
            <span className={shared.has(tag) ? "chip tag same" : "chip tag"} key={tag}>
              {shared.has(tag) && <Icon name="check" size="sm" />}
              {tag}
            </span>
          ))}
        </Tags>
      )}
      {card.looksFor.length > 0 && (
        <Tags title={t("person.looksFor")}>
          <TagList tags={card.looksFor} same={alike(card.looksFor, me?.offers ?? [])} />
        </Tags>
      )}
      {card.offers.length > 0 && (
        <Tags title={t("person.offers")}>
          <TagList tags={card.offers} same={alike(card.offers, me?.looksFor ?? [])} />
        </Tags>
      )}
      {card.languages.length > 0 && (
        <Tags title={t("person.languages")}>
          <TagList tags={card.languages.map(languageName)} same={new Set()} />
        </Tags>
      )}
      {found.contact && <ContactExchange event={event} person={who} contact={found.contact} />}
      {!self && (
        <div className="pane-foot">
          <div className="act">
            <ConnectButton large event={event.id} person={who} connected={found.connected} key={found.id} />
            <ButtonLink href={proposePath(event.slug, found.id)} variant="line">
              <Icon name="cal" size="sm" />
              {t("person.findTime")}
            </ButtonLink>
            <ButtonLink href={messagePath(event.slug, found.id)} variant="line">
              <Icon name="chat" size="sm" />
              {t("person.message")}
            </ButtonLink>
          </div>
          <p className="tiny muted center">
            {found.connected === "NONE" && t("connect.silent", who)}
            {found.connected === "ASKED" && t("connect.askedText", who)}
            {found.connected === "MUTUAL" && t("connect.mutual", who)}
          </p>
          <div className="row pane-keep">
            <Button variant="ghost" size="sm" className="muted" onClick={() => setAsking("block")}>
              <Icon name="ban" size="sm" />
              {t("menu.block")}
            </Button>
            <Button variant="ghost" size="sm" className="muted" onClick={() => setAsking("report")}>
              <Icon name="flag" size="sm" />
              {t("menu.report")}
            </Button>
          </div>
        </div>
      )}
      {asking === "block" && <BlockDialog event={event.id} person={who} onClose={ended} onBlocked={onClose} />}
      {asking === "report" && (
        <ReportDialog event={event.id} person={who} about={{ kind: "profile" }} onClose={ended} onBlocked={onClose} />
      )}
    </>
  );
}

function Tags({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="pane-tags">
      <p className="label">{title}</p>
      <div className="tags">{children}</div>
    </div>
  );
}

function TagList({ tags, same }: { tags: readonly string[]; same: ReadonlySet<string> }) {
  return tags.map((tag) => (
    <span className={same.has(tag) ? "chip tag same" : "chip tag"} key={tag}>
      {same.has(tag) && <Icon name="check" size="sm" />}
      {tag}
    </span>
  ));
}
