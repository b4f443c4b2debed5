import { useCallback, useEffect, useState } from "react";
import { useOnReturn, useTold } from "../attend/index.ts";
import { ModerationQueueDocument, type ModerationQueueQuery } from "../gql/graphql.ts";
import { type Refusal, refusalOf } from "../platform/graph/refusal.ts";
import { send } from "../platform/graph/send.ts";

export type Queue = ModerationQueueQuery["moderation"];
export type QueueItem = Queue["items"][number];
export type RestrictionNow = Queue["restricted"][number];

/** What was told may have been lost: it is asked for anyway this often. */
const LOOK_EVERY_MS = 10_000;

/** The queue of an event: told that there is something new, and asked for then. */
export function useModeration(event: string): { queue?: Queue; refusal?: Refusal; refresh: () => Promise<void> } {
  const [queue, setQueue] = useState<Queue>();
  const [refusal, setRefusal] = useState<Refusal>();
  const refresh = useCallback(
    () =>
      send(ModerationQueueDocument, { event }).then(
        ({ moderation }) => {
          setQueue(moderation);
          setRefusal(undefined);
        },
        (error) => setRefusal(refusalOf(error)),
      ),
    [event],
  );
  useTold(event, "moderation", () => void refresh());
  useOnReturn(event, () => void refresh());
  useEffect(() => {
    void refresh();
    const timer = setInterval(() => void refresh(), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [refresh]);
  return { ...(queue && { queue }), ...(refusal && { refusal }), refresh };
}
