import { useCallback, useEffect, useState } from "react";
import { useOnReturn, useTold } from "../attend/index.ts";
import { DirectShowDocument, type ShowCommandInput, ShowDocument } from "../gql/graphql.ts";
import { useAction } from "../organize/useAction.ts";
import type { Refusal } from "../platform/graph/refusal.ts";
import { refusalOf } from "../platform/graph/refusal.ts";
import { send } from "../platform/graph/send.ts";
import { byOurClock, newer, type Show } from "./show.ts";

/** What is told may be lost; so often it is asked for anyway. */
const LOOK_AGAIN_MS = 20_000;

export interface ShowState {
  show: Show | undefined;
  me: string | undefined;
  /** Why it could not be read. */
  failed: string | undefined;
  pending: boolean;
  /** Why the last command was refused. */
  refusal: Refusal | undefined;
  clear: () => void;
  /** Gives a command; false when it was refused. */
  run: (command: ShowCommandInput) => Promise<boolean>;
  refresh: () => void;
}

/** The run of show of an event: told when it changes, asked for whenever this tab was connected (again). */
export function useShow(event: string): ShowState {
  const [show, setShow] = useState<Show>();
  const [me, setMe] = useState<string>();
  const [failed, setFailed] = useState<string>();
  // What moves the agenda refreshes the rest of the desk as well.
  const { run: direct, pending, refusal, clear } = useAction(DirectShowDocument);
  const take = useCallback((next: Show) => setShow((known) => newer(known, byOurClock(next, Date.now()))), []);

  const refresh = useCallback(() => {
    send(ShowDocument, { event }).then(
      (answer) => {
        take(answer.show);
        setMe(answer.viewer?.id);
        setFailed(undefined);
      },
      (error: unknown) => setFailed(refusalOf(error).message),
    );
  }, [event, take]);

  useTold<{ version: number }>(event, "show", refresh);
  useOnReturn(event, refresh);
  useEffect(() => {
    refresh();
    const timer = setInterval(refresh, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [refresh]);

  const run = useCallback(
    async (command: ShowCommandInput) => {
      const done = await direct({ event, command });
      if (done) take(done.directShow);
      return !!done;
    },
    [direct, event, take],
  );
  return { show, me, failed, pending, refusal, clear, run, refresh };
}
