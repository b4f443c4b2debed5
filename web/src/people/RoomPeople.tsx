import "./people.css";
import { type ReactNode, useState } from "react";
import { useQuery } from "urql";
import { useTold } from "../attend/index.ts";
import { MyPlaceDocument, SuggestedPeopleDocument } from "../gql/graphql.ts";
import { Button, ButtonLink } from "../platform/components/Button.tsx";
import { Dialog } from "../platform/components/Dialog.tsx";
import { Icon } from "../platform/components/Icon.tsx";
import { Empty } from "../platform/components/States.tsx";
import { formatNumber } from "../platform/time/format.ts";
import { ConnectButton } from "./ConnectButton.tsx";
import { MyWords } from "./MyWords.tsx";
import { PersonCard } from "./PersonCard.tsx";
import { PersonMenu } from "./PersonMenu.tsx";
import { PersonPane } from "./PersonPane.tsx";
import { messagePath, peoplePath } from "./paths.ts";
import { useText } from "./text.ts";
import { type FoundPerson, useFoundPeople, useSettled } from "./useFoundPeople.ts";
import { WhoCanFindYou } from "./WhoCanFindYou.tsx";

/** Suggestions beside what goes on in the room. */
const FEW = 3;
const SHOWS = ["everyone", "matches", "connected"] as const;
type Show = (typeof SHOWS)[number];

interface RoomPeopleProps {
  event: { id: string; slug: string };
  /** How many are in the room, whether they can be found or not. */
  present: number;
  /** Who is on stage. */
  children: ReactNode;
}

/** People beside what goes on in a room: looking for somebody, who is on stage, whom to meet. */
export default function RoomPeople({ event, present, children }: RoomPeopleProps) {
  const { t } = useText();
  const [typed, setTyped] = useState("");
  const [show, setShow] = useState<Show>("everyone");
  const [open, setOpen] = useState<string>();
  const [changing, setChanging] = useState<"visibility" | "words">();
  const search = useSettled(typed);
  const [{ data }, again] = useQuery({ query: MyPlaceDocument, variables: { event: event.id } });
  const [suggested] = useQuery({ query: SuggestedPeopleDocument, variables: { event: event.id, first: 12 } });
  const connected = useFoundPeople(event.id, "", NONE, true);
  useTold(event.id, "connect", connected.again);
  const matches = suggested.data?.event?.suggestedPeople ?? [];
  const counts: Record<Show, number | undefined> = {
    everyone: present,
    matches: matches.length,
    connected: connected.total,
  };
  const mine = data?.myProfile;
  const shownTo = mine?.at?.shownTo;
  const person = (one: FoundPerson) => <Row event={event} person={one} onOpen={setOpen} key={one.id} />;
  return (
    <>
      <div className="pbar people-search">
        <div className="withicon grow">
          <Icon name="search" size="sm" />
          <input
            className="input"
            type="search"
            maxLength={200}
            value={typed}
            placeholder={t("room.placeholder")}
            aria-label={t("room.search")}
            onChange={(change) => setTyped(change.target.value)}
          />
        </div>
        <ButtonLink href={peoplePath(event.slug)} variant="line" icon aria-label={t("room.directory")}>
          <Icon name="people" />
        </ButtonLink>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by keyboard */}
      <div className="scroll grow" tabIndex={0} role="group" aria-label={t("people")}>
        {search ? (
          <Results event={event.id} search={search} row={person} />
        ) : (
          <>
            <div className="row room-shows" role="group" aria-label={t("room.show")}>
              {SHOWS.map((key) => (
                <button
                  type="button"
                  className="chip"
                  aria-pressed={show === key}
                  onClick={() => setShow(key)}
                  key={key}
                >
                  {t(`room.${key}`)} <span className="num">{formatNumber(counts[key] ?? 0)}</span>
                </button>
              ))}
            </div>
            {show === "everyone" && children}
            {show !== "connected" && (
              <section>
                {show === "everyone" && (
                  <div className="phead2">
                    <h2>{t("room.meet")}</h2>
                    {matches.length > FEW && (
                      <Button variant="ghost" size="sm" onClick={() => setShow("matches")}>
                        {t("suggestions.all", { count: matches.length })}
                      </Button>
                    )}
                  </div>
                )}
                {(show === "everyone" ? matches.slice(0, FEW) : matches).map(person)}
                {suggested.data && matches.length === 0 && (
                  <div className="stack people-text">
                    <p className="muted small">{says(mine) ? t("suggestions.noneYet") : t("suggestions.none")}</p>
                    {mine && !says(mine) && (
                      <Button variant="line" size="sm" onClick={() => setChanging("words")}>
                        {t("suggestions.fill")}
                      </Button>
                    )}
                  </div>
                )}
              </section>
            )}
            {show === "connected" && connected.items.map(person)}
            {show === "connected" && !connected.loading && connected.items.length === 0 && (
              <Empty icon="match" title={t("list.noContacts")}>
                {t("list.noContactsText")}
              </Empty>
            )}
          </>
        )}
      </div>
      {shownTo && (
        <div className="pbar people-foot">
          <p className="tiny muted grow">
            <b className="strong">{t(`visibility.now${shownTo}`)}</b>{" "}
            <span className="hide-s">{t("visibility.silent")}</span>
          </p>
          <Button variant="quiet" size="sm" onClick={() => setChanging("visibility")}>
            {t("visibility.change")}
          </Button>
        </div>
      )}
      {open && (
        <Dialog open onClose={() => setOpen(undefined)} title={t("person.label")} kind="sheet">
          <div className="person-pane">
            <PersonPane event={event} person={open} mine={mine} onClose={() => setOpen(undefined)} />
          </div>
        </Dialog>
      )}
      {changing === "visibility" && (
        <Dialog open onClose={() => setChanging(undefined)} title={t("visibility.label")} kind="sheet">
          <WhoCanFindYou event={event.id} />
        </Dialog>
      )}
      {changing === "words" && mine && (
        <MyWords
          mine={mine}
          onClose={() => setChanging(undefined)}
          onSaved={() => again({ requestPolicy: "network-only" })}
        />
      )}
    </>
  );
}

const NONE: readonly never[] = [];

/** Whether somebody said anything that others could be suggested by. */
function says(
  mine: { interests: readonly string[]; looksFor: readonly string[]; offers: readonly string[] } | null | undefined,
) {
  return mine ? mine.interests.length + mine.looksFor.length + mine.offers.length > 0 : true;
}

interface ResultsProps {
  event: string;
  search: string;
  row: (person: FoundPerson) => ReactNode;
}

function Results({ event, search, row }: ResultsProps) {
  const { t } = useText();
  const found = useFoundPeople(event, search, NONE, false);
  return (
    <>
      <p className="small muted people-text" role="status">
        {found.total !== undefined && t("room.results", { count: found.total, number: formatNumber(found.total) })}
      </p>
      {found.items.map(row)}
      {found.hasMore && (
        <Button variant="quiet" block pending={found.loading} onClick={found.more}>
          {t("list.more")}
        </Button>
      )}
    </>
  );
}

interface RowProps {
  event: { id: string; slug: string };
  person: FoundPerson;
  onOpen: (person: string) => void;
}

function Row({ event, person, onOpen }: RowProps) {
  const { t } = useText();
  const who = { id: person.id, name: person.card.name };
  return (
    <PersonCard card={person.card} reason={person.reason} onOpen={() => onOpen(person.id)}>
      <ConnectButton event={event.id} person={who} connected={person.connected} />
      {person.connected === "MUTUAL" && (
        <ButtonLink
          href={messagePath(event.slug, person.id)}
          variant="quiet"
          size="sm"
          icon
          aria-label={t("person.messageName", { name: who.name })}
        >
          <Icon name="chat" size="sm" />
        </ButtonLink>
      )}
      <PersonMenu event={event} person={who} connected={person.connected} />
    </PersonCard>
  );
}
