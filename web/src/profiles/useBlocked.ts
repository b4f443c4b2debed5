import { useMemo } from "react";
import { useQuery } from "urql";
import { MyBlocksDocument } from "../gql/graphql.ts";

/** Give it to whatever blocks or unblocks, so that lists of blocked people are asked for again. */
export const CHANGES_BLOCKS = { additionalTypenames: ["BlockedPerson"] };

/** Whom the viewer blocks. */
export function useBlocked(signedIn: boolean): ReadonlySet<string> {
  const [{ data }] = useQuery({ query: MyBlocksDocument, pause: !signedIn, context: CHANGES_BLOCKS });
  return useMemo(() => new Set(data?.myBlocks.map((block) => block.person)), [data]);
}
