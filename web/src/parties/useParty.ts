import { useCallback, useEffect, useState } from "react";
import { serverNow, useOnReturn, useTold } from "../attend/index.ts";
import {
  AskForMoreTimeDocument,
  DirectPartyDocument,
  EnterPartyDocument,
  LeavePartyDocument,
  type MyPartyFragment,
  type PartyFragment,
  PartyStateDocument,
  ReadyForPartyDocument,
} from "../gql/graphql.ts";
import { refusalOf } from "../platform/graph/refusal.ts";
import { send } from "../platform/graph/send.ts";
import type { PartyCommand } from "./HostConsole.tsx";
import { type MyParty, newer, type PartyNow } from "./party.ts";

/** A phase that is over for so long without a word: the word was lost. */
const OVERDUE_MS = 1_500;

/** A party, one's own part in it, and what one can do. */
export interface PartyDesk {
  party: PartyNow;
  /** Undefined for who was never in. */
  me: MyParty | undefined;
  pending: boolean;
  refusal: string | undefined;
  enter: () => void;
  ready: (group: string | undefined) => void;
  sitOut: () => void;
  leave: () => void;
  askForMore: (meeting: string) => void;
  direct: (command: PartyCommand) => void;
}

/** Follows a party: what is told, asked again after every lost connection, and when something told must have been lost. */
export function useParty(event: string, first: PartyFragment, mine: MyPartyFragment | null): PartyDesk {
  const { id } = first;
  const [party, setParty] = useState<PartyNow>(() => partyOf(first));
  const [me, setMe] = useState<MyParty | undefined>(() => mineOf(mine));
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<string>();

  const takeMine = useCallback((told: MyPartyFragment | null | undefined) => {
    const known = mineOf(told ?? null);
    if (known) setMe((before) => newer(before, known));
  }, []);
  const look = useCallback(async () => {
    const answer = await send(PartyStateDocument, { party: id }).catch(() => undefined);
    const now = answer?.party;
    if (now) setParty((known) => newer(known, partyOf(now)));
    takeMine(answer?.myParty);
  }, [id, takeMine]);

  useTold<PartyNow>(event, "party", (told) => told.id === id && setParty((known) => newer(known, told)));
  useTold<MyParty>(event, "meeting", (told) => told.party === id && setMe((known) => newer(known, told)));
  useOnReturn(event, () => void look());
  const overdue = party.phase === "over" ? undefined : (party.until ?? undefined);
  useEffect(() => {
    if (overdue === undefined) return;
    let timer: ReturnType<typeof setTimeout>;
    const wait = () => {
      timer = setTimeout(() => void look().finally(wait), Math.max(OVERDUE_MS, overdue + OVERDUE_MS - serverNow()));
    };
    wait();
    return () => clearTimeout(timer);
  }, [overdue, look]);

  const act = useCallback(
    async (run: () => Promise<MyPartyFragment | PartyFragment | null | undefined>) => {
      setPending(true);
      setRefusal(undefined);
      try {
        const answer = await run();
        if (answer?.__typename === "Party") setParty((known) => newer(known, partyOf(answer)));
        if (answer?.__typename === "MyParty") takeMine(answer);
      } catch (error) {
        setRefusal(refusalOf(error).message);
        await look();
      } finally {
        setPending(false);
      }
    },
    [look, takeMine],
  );
  const enter = useCallback(
    () => void act(async () => (await send(EnterPartyDocument, { party: id })).enterParty),
    [act, id],
  );
  const ready = (isReady: boolean, group: string | undefined) =>
    void act(
      async () =>
        (await send(ReadyForPartyDocument, { party: id, ready: isReady, group: group ?? null })).readyForParty,
    );
  return {
    party,
    me,
    pending,
    refusal,
    enter,
    ready: (group) => ready(true, group),
    sitOut: () => ready(false, me?.group ?? undefined),
    leave: () => void act(async () => (await send(LeavePartyDocument, { party: id })).leaveParty),
    askForMore: (meeting) =>
      void act(async () => (await send(AskForMoreTimeDocument, { party: id, meeting })).askForMoreTime),
    direct: (command) => void act(async () => (await send(DirectPartyDocument, { party: id, command })).directParty),
  };
}

/** The graph names phases and modes as the party does; its types do not say so. */
export function partyOf(told: PartyFragment): PartyNow {
  return told as PartyNow;
}

function mineOf(told: MyPartyFragment | null): MyParty | undefined {
  return (told as MyParty | null) ?? undefined;
}
