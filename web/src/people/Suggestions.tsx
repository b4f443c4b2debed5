import { useQuery } from "urql";
import { type MyPlaceQuery, SuggestedPeopleDocument } from "../gql/graphql.ts";
import { initials } from "../platform/components/Avatar.tsx";
import { Button } from "../platform/components/Button.tsx";
import { Icon } from "../platform/components/Icon.tsx";
import { Skeleton } from "../platform/components/States.tsx";
import { Reason } from "./Reason.tsx";
import { lineOf } from "./tags.ts";
import { useText } from "./text.ts";

interface SuggestionsProps {
  event: string;
  mine: MyPlaceQuery["myProfile"] | undefined;
  open: string | undefined;
  onOpen: (person: string) => void;
  onChange: () => void;
}

/** Whom to meet, each with the reason. */
export function Suggestions({ event, mine, open, onOpen, onChange }: SuggestionsProps) {
  const { t } = useText();
  const [{ data }] = useQuery({ query: SuggestedPeopleDocument, variables: { event, first: 6 } });
  const people = data?.event?.suggestedPeople;
  const card = mine?.at?.card;
  const says = card && card.interests.length + card.looksFor.length + card.offers.length > 0;
  return (
    <section aria-labelledby="suggestions">
      <div className="row between wrap">
        <h2 className="h4" id="suggestions">
          {t("suggestions.title")}
        </h2>
        {says && (
          <button type="button" className="link small plain" onClick={onChange}>
            {t("suggestions.change")}
          </button>
        )}
      </div>
      {!people && (
        <div className="sug" aria-hidden="true">
          {[0, 1, 2].map((key) => (
            <Skeleton height={148} key={key} />
          ))}
        </div>
      )}
      {people && people.length === 0 && mine && (
        <div className="card row wrap sug-none">
          <p className="grow">{says ? t("suggestions.noneYet") : t("suggestions.none")}</p>
          {!says && (
            <Button variant="line" onClick={onChange}>
              {t("suggestions.fill")}
            </Button>
          )}
        </div>
      )}
      {people && people.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must scroll by keyboard
        <div className="sug" role="group" tabIndex={0} aria-label={t("suggestions.label")}>
          {people.map((person) => (
            <button
              type="button"
              className="sug-card"
              key={person.id}
              aria-current={open === person.id ? "true" : undefined}
              onClick={() => onOpen(person.id)}
            >
              <span className="t">
                <Portrait name={person.card.name} picture={person.card.picture} />
                <span>
                  <b className="h4">{person.card.name}</b>
                  <span className="small muted">{lineOf(person.card)}</span>
                </span>
              </span>
              {person.reason && (
                <span className="why">
                  <Icon name="match" size="sm" />
                  <Reason reason={person.reason} card={person.card} />
                </span>
              )}
            </button>
          ))}
        </div>
      )}
    </section>
  );
}

/** A square picture, or the letters of the name. */
export function Portrait({ name, picture }: { name: string; picture?: string | null | undefined }) {
  return picture ? (
    <img className="portrait" src={picture} alt="" width="96" height="96" loading="lazy" />
  ) : (
    <span className="portrait mono" aria-hidden="true">
      {initials(name)}
    </span>
  );
}
