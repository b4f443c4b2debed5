import { useEffect, useState } from "react";
import { useTold } from "../attend/index.ts";
import { BetweenDocument } from "../gql/graphql.ts";
import type { Met } from "../people/between.ts";
import { send } from "../platform/graph/send.ts";

/** What is between the viewer and somebody beside their words: where they met, and what the other's clock shows. */
export interface Between {
  met: readonly Met[];
  zone: string | null | undefined;
}

/** Asked once for a conversation, and again when the two connect. */
export function useBetween(event: string, person: string | undefined): Between | undefined {
  const [between, setBetween] = useState<Between & { person: string }>();
  const [connected, setConnected] = useState(0);
  useTold(event, "connect", () => setConnected((times) => times + 1));
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when they connect
  useEffect(() => {
    if (!person) return;
    let wanted = true;
    void send(BetweenDocument, { event, person })
      .then(({ event: at }) => {
        if (wanted && at) setBetween({ person, met: at.metAtParties, zone: at.person?.timeZone });
      })
      .catch(() => undefined); // a nicety: the conversation is there without it
    return () => {
      wanted = false;
    };
  }, [event, person, connected]);
  return between?.person === person ? between : undefined;
}
