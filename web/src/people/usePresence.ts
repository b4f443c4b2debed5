import { useEffect, useState } from "react";
import { useOnReturn } from "../attend/index.ts";
import { PeopleHereDocument } from "../gql/graphql.ts";
import { send } from "../platform/graph/send.ts";

/** People come and go; nobody minds when a dot is half a minute late. */
const LOOK_MS = 30_000;
/** The most that the server is asked for at once. */
const MOST = 100;

const NOBODY: ReadonlySet<string> = new Set();

/** Those of these people who are at the event now: of whom the viewer may see, and nobody else. */
export function usePresence(event: string, people: readonly string[]): ReadonlySet<string> {
  const [here, setHere] = useState(NOBODY);
  const [returned, setReturned] = useState(0);
  const asked = [...new Set(people)].slice(0, MOST).sort().join(" ");
  useOnReturn(event, () => setReturned((times) => times + 1));
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again with every new connection
  useEffect(() => {
    if (!asked) return setHere(NOBODY);
    let wanted = true;
    const look = () => {
      if (document.visibilityState !== "visible") return;
      void send(PeopleHereDocument, { event, people: asked.split(" ") })
        .then((answer) => wanted && setHere(new Set(answer.event?.peopleHere)))
        .catch(() => undefined);
    };
    look();
    const timer = setInterval(look, LOOK_MS);
    return () => {
      wanted = false;
      clearInterval(timer);
    };
  }, [event, asked, returned]);
  return here;
}
