import { useCallback, useEffect, useState } from "react";
import { SayAtTableDocument } from "../gql/graphql.ts";
import { refusalOf } from "../platform/graph/refusal.ts";
import { send } from "../platform/graph/send.ts";
import type { LiveRoom } from "../rooms/live.ts";
import type { Told } from "../rooms/wire.ts";
import type { TableLine } from "./floor.ts";

const MOST_LINES = 200;

export interface TableChat {
  lines: readonly TableLine[];
  /** Answers why not, when it was not said. */
  say: (text: string) => Promise<string | undefined>;
}

/** What is written at one table while we sit there. Nobody keeps it: it begins empty and ends with standing up. */
export function useTableChat(live: LiveRoom, table: string | undefined): TableChat {
  const [lines, setLines] = useState<readonly TableLine[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another table has other words
  useEffect(() => setLines([]), [table]);
  useEffect(
    () =>
      live.hear<Told>("Told", ({ about, data }) => {
        if (about !== "table-chat") return;
        const line = JSON.parse(data) as TableLine;
        if (line.table === table)
          setLines((all) => (all.some(({ id }) => id === line.id) ? all : [...all, line].slice(-MOST_LINES)));
      }),
    [live, table],
  );
  const say = useCallback(
    async (text: string) => {
      if (!table) return undefined;
      try {
        await send(SayAtTableDocument, { table, id: crypto.randomUUID(), text });
        return undefined;
      } catch (error) {
        return refusalOf(error).message;
      }
    },
    [table],
  );
  return { lines, say };
}
