import { useEffect, useId, useState } from "react";
import { Avatar } from "../platform/components/Avatar.tsx";
import { Button } from "../platform/components/Button.tsx";
import { FormError } from "../platform/components/Field.tsx";
import { Icon } from "../platform/components/Icon.tsx";
import { Empty, Skeleton } from "../platform/components/States.tsx";
import { refusalOf } from "../platform/graph/refusal.ts";
import { formatNumber } from "../platform/time/format.ts";
import { ConnectButton } from "./ConnectButton.tsx";
import { languageName } from "./languages.ts";
import { lineOf } from "./tags.ts";
import { useText } from "./text.ts";
import { type Chosen, type FoundPerson, useFacets, useFoundPeople, useSettled } from "./useFoundPeople.ts";
import { usePresence } from "./usePresence.ts";

/** Shown before somebody asks for all of them. */
const FEW = 5;

interface DirectoryProps {
  event: { id: string; slug: string };
  /** Another value: something changed that the server told of. */
  news: number;
  open: string | undefined;
  onOpen: (person: string) => void;
}

/** Everybody who may be found: words, tags, and the list. */
export function Directory({ event, news, open, onOpen }: DirectoryProps) {
  const { t } = useText();
  const id = useId();
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState<readonly Chosen[]>([]);
  const [connected, setConnected] = useState(false);
  const search = useSettled(typed);
  const found = useFoundPeople(event.id, search, chosen, connected);
  const { again } = found;
  const here = usePresence(
    event.id,
    found.items.map(({ id }) => id),
  );
  useEffect(() => {
    if (news > 0) again();
  }, [news, again]);
  const none = !found.loading && found.items.length === 0;
  return (
    <section aria-labelledby={`${id}-all`}>
      <h2 className="sr" id={`${id}-all`}>
        {t("list.title")}
      </h2>
      <div className="tools">
        <div className="withicon">
          <Icon name="search" />
          <input
            className="input"
            type="search"
            maxLength={200}
            value={typed}
            placeholder={t("list.placeholder")}
            aria-label={t("list.search")}
            onChange={(change) => setTyped(change.target.value)}
          />
        </div>
        <div className="seg" role="group" aria-label={t("list.show")}>
          <button type="button" aria-pressed={!connected} onClick={() => setConnected(false)}>
            {t("list.everyone")}
          </button>
          <button type="button" aria-pressed={connected} onClick={() => setConnected(true)}>
            {t("list.connected")}
          </button>
        </div>
      </div>
      <Facets event={event.id} search={search} chosen={chosen} onChoose={setChosen}>
        <span className="small muted num" role="status">
          {found.total !== undefined && t("list.found", { count: found.total, number: formatNumber(found.total) })}
        </span>
      </Facets>
      {connected && found.items.length > 0 && (
        <p className="row wrap files">
          <a className="btn quiet sm" href={`/e/${event.slug}/contacts.vcf`} download>
            <Icon name="dl" size="sm" />
            {t("list.vcard")}
          </a>
          <a className="btn quiet sm" href={`/e/${event.slug}/contacts.csv`} download>
            <Icon name="dl" size="sm" />
            {t("list.csv")}
          </a>
        </p>
      )}
      {found.error && found.items.length === 0 && <FormError>{refusalOf(found.error).message}</FormError>}
      {found.loading && found.items.length === 0 && (
        <div className="dir" aria-busy="true">
          {[0, 1, 2, 3].map((key) => (
            <Skeleton height={44} key={key} />
          ))}
        </div>
      )}
      {none && !found.error && (
        <Empty icon={connected ? "match" : "search"} title={connected ? t("list.noContacts") : t("list.none")}>
          {connected ? t("list.noContactsText") : t("list.noneText")}
        </Empty>
      )}
      {found.items.length > 0 && (
        <ul className="dir">
          {found.items.map((person) => (
            <Row
              event={event.id}
              person={person}
              here={here.has(person.id)}
              open={open === person.id}
              onOpen={onOpen}
              key={person.id}
            />
          ))}
        </ul>
      )}
      {found.hasMore && (
        <Button variant="quiet" block pending={found.loading} onClick={found.more}>
          {t("list.more")}
        </Button>
      )}
    </section>
  );
}

interface RowProps {
  event: string;
  person: FoundPerson;
  /** At the event now. */
  here: boolean;
  open: boolean;
  onOpen: (person: string) => void;
}

function Row({ event, person, here, open, onOpen }: RowProps) {
  const { t } = useText();
  const { card } = person;
  return (
    <li>
      <Avatar name={card.name} photoUrl={card.picture ?? null} size="md" {...(here && { presence: "on" as const })} />
      <button
        type="button"
        className="plain who"
        aria-current={open ? "true" : undefined}
        onClick={() => onOpen(person.id)}
      >
        <b className="strong trunc">
          {card.name}
          {here && <span className="sr">, {t("person.here")}</span>}
        </b>
        <span className="small muted trunc">{lineOf(card)}</span>
      </button>
      <span className="small muted want trunc">
        {card.looksFor.length > 0 && t("list.looksFor", { tags: card.looksFor.join(", ") })}
      </span>
      <ConnectButton event={event} person={{ id: person.id, name: card.name }} connected={person.connected} />
    </li>
  );
}

interface FacetsProps {
  event: string;
  search: string;
  chosen: readonly Chosen[];
  onChoose: (chosen: readonly Chosen[]) => void;
  children: React.ReactNode;
}

function Facets({ event, search, chosen, onChoose, children }: FacetsProps) {
  const { t } = useText();
  const facets = useFacets(event, search);
  const [all, setAll] = useState(false);
  const isChosen = (one: Chosen) => chosen.some((other) => other.kind === one.kind && other.tag === one.tag);
  // What is chosen stays in sight, also when the words no longer lead to it.
  const shown = [
    ...chosen.filter((one) => !facets.some((facet) => facet.kind === one.kind && facet.tag === one.tag)),
    ...facets,
  ].filter((facet, at) => all || at < FEW || isChosen(facet));
  const toggle = (one: Chosen) =>
    onChoose(
      isChosen(one)
        ? chosen.filter((other) => other.kind !== one.kind || other.tag !== one.tag)
        : [...chosen, { kind: one.kind, tag: one.tag }],
    );
  return (
    <div className="row wrap facets" role="group" aria-label={t("list.filters")}>
      {shown.map((facet) => (
        <button
          type="button"
          className="chip"
          key={`${facet.kind} ${facet.tag}`}
          aria-pressed={isChosen(facet)}
          onClick={() => toggle(facet)}
        >
          {facet.kind === "LOOKS_FOR" && <span className="sr">{t("list.kindLooksFor")}: </span>}
          {facet.kind === "OFFERS" && <span className="sr">{t("list.kindOffers")}: </span>}
          {facet.kind === "LOOKS_FOR" && <Icon name="search" size="sm" />}
          {facet.kind === "OFFERS" && <Icon name="hand" size="sm" />}
          {facet.kind === "LANGUAGES" ? languageName(facet.tag) : facet.tag}
          {"count" in facet && <span className="num muted">{formatNumber(Number(facet.count))}</span>}
        </button>
      ))}
      {facets.length > FEW && (
        <button type="button" className="chip" aria-expanded={all} onClick={() => setAll(!all)}>
          <Icon name="filter" size="sm" />
          {all ? t("list.fewer") : t("list.all", { count: facets.length })}
        </button>
      )}
      {children}
    </div>
  );
}
