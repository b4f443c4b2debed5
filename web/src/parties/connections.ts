import { useCallback, useEffect, useState } from "react";
import { ConnectDocument, ConnectedAtPartyDocument, DisconnectDocument } from "../gql/graphql.ts";
import { send } from "../platform/graph/send.ts";
import type { MetPerson } from "./party.ts";

export type ConnectedState = MetPerson["connected"];

/** How one stands with people at an event, and what changes it. Nobody else learns of a wish that is not mutual. */
export interface Connections {
  stateOf: (person: string) => ConnectedState;
  pending: string | undefined;
  toggle: (person: string) => void;
}

/** Asks how one stands with these people, and again after each change. */
export function useConnections({ id, slug }: { id: string; slug: string }, people: readonly string[]): Connections {
  const [states, setStates] = useState<ReadonlyMap<string, ConnectedState>>(new Map());
  const [pending, setPending] = useState<string>();
  const take = useCallback((person: string, connected: string | undefined) => {
    if (connected) setStates((known) => new Map(known).set(person, connected.toLowerCase() as ConnectedState));
  }, []);
  const all = people.join(" ");
  useEffect(() => {
    for (const person of all.split(" ").filter(Boolean))
      void send(ConnectedAtPartyDocument, { event: slug, person })
        .then((answer) => take(person, answer.event?.person?.connected))
        .catch(() => undefined);
  }, [slug, all, take]);
  const stateOf = (person: string) => states.get(person) ?? "none";
  return {
    stateOf,
    pending,
    toggle: (person) => {
      setPending(person);
      const change =
        stateOf(person) === "none"
          ? send(ConnectDocument, { event: id, person }).then(({ connect }) => connect?.connected)
          : send(DisconnectDocument, { event: id, person }).then(({ disconnect }) => disconnect?.connected);
      void change
        .then((connected) => take(person, connected))
        .catch(() => undefined)
        .finally(() => setPending(undefined));
    },
  };
}
