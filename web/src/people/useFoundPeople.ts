import { useCallback, useEffect, useMemo, useState } from "react";
import { useQuery } from "urql";
import { FindPeopleDocument, type FindPeopleQuery, PeopleFacetsDocument, type TagKind } from "../gql/graphql.ts";

/** A tag to filter by. */
export interface Chosen {
  kind: TagKind;
  tag: string;
}

export type FoundPerson = NonNullable<FindPeopleQuery["event"]>["people"]["items"][number];

const PAGE = 30;
/** The most that the server gives at once. */
const MOST = 100;
/** Typing is over. */
const PAUSE_MS = 250;

const lists: Record<TagKind, "interests" | "looksFor" | "offers" | "languages"> = {
  INTERESTS: "interests",
  LOOKS_FOR: "looksFor",
  OFFERS: "offers",
  LANGUAGES: "languages",
};

/** What is typed, once it stands still. */
export function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text.trim()), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

/** People who fit, page by page; the first is asked for again when something changes, the others stay. */
export function useFoundPeople(event: string, search: string, chosen: readonly Chosen[], connected: boolean) {
  const wanted = useMemo(() => {
    const tags = { interests: [], looksFor: [], offers: [], languages: [] } as Record<string, string[]>;
    for (const { kind, tag } of chosen) tags[lists[kind]]?.push(tag);
    return { event, search, connected, ...tags };
  }, [event, search, chosen, connected]);
  const [shown, setShown] = useState({ wanted, many: PAGE });
  const many = shown.wanted === wanted ? shown.many : PAGE;
  const [first, again] = useQuery({ query: FindPeopleDocument, variables: { ...wanted, first: Math.min(many, MOST) } });
  const people = first.data?.event?.people;
  // Beyond the hundred a page is asked for as it is: whoever goes that far looks at all of them.
  const [rest, setRest] = useState<{ wanted: object; from: string; items: FoundPerson[]; end: string | null }>();
  const further = rest?.wanted === wanted ? rest : undefined;
  const next = further ? further.end : (people?.pageInfo.endCursor ?? null);
  const [asked, setAsked] = useState<string>();
  const [page] = useQuery({
    query: FindPeopleDocument,
    variables: { ...wanted, first: MOST, after: asked ?? "" },
    pause: asked === undefined,
  });
  useEffect(() => {
    const found = page.data?.event?.people;
    if (asked === undefined || page.fetching || page.stale || !found) return;
    setRest((before) => ({
      wanted,
      from: asked,
      items: [...(before?.wanted === wanted ? before.items : []), ...found.items],
      end: found.pageInfo.hasNextPage ? (found.pageInfo.endCursor ?? null) : null,
    }));
    setAsked(undefined);
  }, [page, asked, wanted]);
  const items = useMemo(() => {
    const all = [...(people?.items ?? []), ...(further?.items ?? [])];
    return all.filter((person, at) => all.findIndex((other) => other.id === person.id) === at);
  }, [people, further]);
  const total = people?.totalCount;
  return {
    items,
    total,
    error: first.error,
    loading: first.fetching || first.stale || asked !== undefined,
    hasMore: total !== undefined && items.length < total && (next !== null || many < MOST),
    again: useCallback(() => again({ requestPolicy: "network-only" }), [again]),
    more: () => {
      if (many < MOST) setShown({ wanted, many: MOST });
      else if (next !== null) setAsked(next);
    },
  };
}

/** Tags of those whom the words fit, the most frequent first; languages, which most people share, after all others. */
export function useFacets(event: string, search: string) {
  const [{ data }] = useQuery({ query: PeopleFacetsDocument, variables: { event, search } });
  return useMemo(
    () =>
      [...(data?.event?.people.facets ?? [])].sort(
        (a, b) => Number(a.kind === "LANGUAGES") - Number(b.kind === "LANGUAGES"),
      ),
    [data],
  );
}
