import { useEffect, useMemo, useState } from "react";
import { PeopleToMentionDocument } from "../gql/graphql.ts";
import { send } from "../platform/graph/send.ts";
import type { LiveRoom, RoomView } from "./live.ts";

/** Somebody who can be called. */
export interface Person {
  id: string;
  name: string;
}

const MOST = 6;
/** Typing is over. */
const PAUSE_MS = 200;
const TOKEN = /(?:^|[\s(])@([^@\n]{0,40})$/;

/** What stands between an @ and the caret; undefined when nobody is being called. */
export function tokenAt(text: string, caret: number): string | undefined {
  return TOKEN.exec(text.slice(0, caret))?.[1];
}

/** Of those who were chosen, the ones whom the text still calls. */
export function calledIn(text: string, chosen: readonly Person[]): string[] {
  return [...new Set(chosen.filter(({ name }) => text.includes(`@${name}`)).map(({ id }) => id))];
}

/** Names with a word that begins so, those first that begin with it themselves. */
export function fitting(people: readonly Person[], token: string): Person[] {
  const wanted = token.toLowerCase();
  const rank = ({ name }: Person) => {
    const lower = name.toLowerCase();
    return lower.startsWith(wanted) ? 0 : lower.includes(` ${wanted}`) ? 1 : 2;
  };
  return people
    .filter((person) => rank(person) < 2)
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, MOST);
}

/** Whom the writer might mean: who wrote here lately, then people of the event. */
export function useMentions(text: string, caret: number, live: LiveRoom, view: RoomView) {
  const token = tokenAt(text, caret);
  const [closed, setClosed] = useState<string>();
  const [found, setFound] = useState<{ token: string; people: Person[] }>();
  const { entries } = view.log;
  const calling = token !== undefined;
  const writers = useMemo(() => {
    const people = new Map<string, Person>();
    if (calling)
      for (let at = entries.length - 1; at >= 0 && people.size < 200; at--) {
        const { person, name, kind } = entries[at] ?? {};
        if (kind === "chat" && person && name && person !== view.you?.id && !people.has(person))
          people.set(person, { id: person, name });
      }
    return [...people.values()];
  }, [calling, entries, view.you?.id]);
  useEffect(() => {
    const search = token?.trim();
    if (!search || search.length < 2 || live.event === live.room) return;
    const timer = setTimeout(() => {
      send(PeopleToMentionDocument, { event: live.event, search }).then(
        ({ event }) =>
          setFound({
            token: search,
            people: (event?.people.items ?? []).map(({ card }) => ({ id: card.person, name: card.name })),
          }),
        () => undefined, // Who wrote here is suggested all the same.
      );
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [live, token]);
  const people = useMemo(() => {
    if (token === undefined || closed === token || token.endsWith("  ")) return [];
    const known = new Map(writers.map((person) => [person.id, person]));
    for (const person of found?.people ?? []) if (person.id !== view.you?.id) known.set(person.id, person);
    const fit = fitting([...known.values()], token);
    // Written out, and nothing more to choose.
    return fit.length === 1 && `${fit[0]?.name} ` === token ? [] : fit;
  }, [token, closed, writers, found, view.you?.id]);
  return { token, people, close: () => setClosed(token) };
}
