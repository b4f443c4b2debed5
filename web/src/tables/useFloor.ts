import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import {
  AnswerKnockDocument,
  BookTableDocument,
  FloorDocument,
  KnockAtTableDocument,
  LockTableDocument,
  ShuffleTablesDocument,
  StandUpDocument,
  StartTableDocument,
  TakeSeatDocument,
} from "../gql/graphql.ts";
import { useToast } from "../platform/components/index.ts";
import { refusalOf } from "../platform/graph/refusal.ts";
import { send } from "../platform/graph/send.ts";
import type { LiveRoom } from "../rooms/live.ts";
import type { Told } from "../rooms/wire.ts";
import { type FloorNow, freeSeat, newer } from "./floor.ts";

/** What is told may be lost; so often everything is asked for anyway. */
const LOOK_AGAIN_MS = 45_000;

/** Two who sit down at once want the same seat; so often the next is tried. */
const MOST_TRIES = 4;

export interface FloorState {
  floor: FloorNow | undefined;
  /** Why it could not be read. */
  failed: string | undefined;
  /** Something is under way. */
  pending: boolean;
  sit: (table: string, seat: number) => Promise<boolean>;
  /** Sits down at this table, on this seat or, when somebody is faster, on the next that is free. */
  sitAnywhere: (table: string, seat: number, me: string | undefined) => Promise<boolean>;
  stand: (person?: string) => Promise<boolean>;
  start: (topic: string, seats: number) => Promise<boolean>;
  lock: (table: string, locked: boolean) => Promise<boolean>;
  knock: (table: string, knocks: boolean) => Promise<boolean>;
  answer: (table: string, person: string, letIn: boolean) => Promise<boolean>;
  book: (table: string, comes: boolean) => Promise<boolean>;
  shuffle: () => Promise<boolean>;
  refresh: () => void;
}

/** The floor of a room as it is now: told as it changes, asked for whenever the room was joined (again). */
export function useFloor(live: LiveRoom): FloorState {
  const toast = useToast();
  const [floor, setFloor] = useState<FloorNow>();
  const [failed, setFailed] = useState<string>();
  const [pending, setPending] = useState(false);
  const { room } = live;
  const take = useCallback((next: FloorNow | undefined) => setFloor((known) => newer(known, next)), []);

  const refresh = useCallback(() => {
    send(FloorDocument, { room }).then(
      (answer) => {
        take(answer.floor);
        setFailed(undefined);
      },
      (error: unknown) => setFailed(refusalOf(error).message),
    );
  }, [room, take]);

  useEffect(
    () =>
      live.hear<Told>("Told", ({ about, data }) => {
        if (about === "floor") take(JSON.parse(data) as FloorNow);
      }),
    [live, take],
  );
  useEffect(() => live.onLine((joined) => joined && refresh()), [live, refresh]);
  useEffect(() => {
    const again = setInterval(() => document.visibilityState === "visible" && refresh(), LOOK_AGAIN_MS);
    return () => clearInterval(again);
  }, [refresh]);

  const busy = useRef(false);
  const act = useCallback(
    async (run: () => Promise<FloorNow>): Promise<boolean> => {
      if (busy.current) return false;
      busy.current = true;
      setPending(true);
      try {
        take(await run());
        return true;
      } catch (error) {
        toast({ text: refusalOf(error).message, icon: "warn" });
        refresh();
        return false;
      } finally {
        busy.current = false;
        setPending(false);
      }
    },
    [take, toast, refresh],
  );

  const acts = useMemo(
    () => ({
      sit: (table: string, seat: number) => act(async () => (await send(TakeSeatDocument, { table, seat })).takeSeat),
      sitAnywhere: (table: string, seat: number, me: string | undefined) =>
        act(async () => {
          for (let next: number | undefined = seat, attempt = 1; ; attempt++) {
            try {
              return (await send(TakeSeatDocument, { table, seat: next })).takeSeat;
            } catch (error) {
              if (refusalOf(error).code !== "seat-taken" || attempt >= MOST_TRIES) throw error;
              const { floor: now } = await send(FloorDocument, { room });
              take(now);
              const here = now.tables.find(({ id }) => id === table);
              next = here && freeSeat(here, me);
              if (next === undefined) throw error;
            }
          }
        }),
      stand: (person?: string) =>
        act(async () => (await send(StandUpDocument, { room, person: person ?? null })).standUp),
      start: (topic: string, seats: number) =>
        act(async () => (await send(StartTableDocument, { room, topic, seats })).startTable),
      lock: (table: string, locked: boolean) =>
        act(async () => (await send(LockTableDocument, { table, locked })).lockTable),
      knock: (table: string, knocks: boolean) =>
        act(async () => (await send(KnockAtTableDocument, { table, knocks })).knockAtTable),
      answer: (table: string, person: string, letIn: boolean) =>
        act(async () => (await send(AnswerKnockDocument, { table, person, letIn })).answerKnock),
      book: (table: string, comes: boolean) =>
        act(async () => (await send(BookTableDocument, { table, comes })).bookTable),
      shuffle: () => act(async () => (await send(ShuffleTablesDocument, { room })).shuffleTables),
    }),
    [act, room, take],
  );
  return { floor, failed, pending, refresh, ...acts };
}
