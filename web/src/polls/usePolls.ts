import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import {
  ClosePollDocument,
  OpenPollDocument,
  type PollPartsFragment,
  PollsDocument,
  RemovePollDocument,
  SavePollDocument,
  type SavePollInput,
} from "../gql/graphql.ts";
import { send } from "../platform/graph/send.ts";
import type { LiveRoom } from "../rooms/live.ts";
import { useAsked, useTried } from "../rooms/useAsked.ts";
import type { Told } from "../rooms/wire.ts";
import { apply, byOurClock, type Choice, type Poll, type PollsTold } from "./polls.ts";

/** Of whoever makes the polls there are few. */
const STAFF_MS = 500;

export interface PollsState {
  room: string;
  polls: readonly Poll[];
  /** False until they were asked for. */
  known: boolean;
  staff: boolean;
  /** What the viewer chose; of an anonymous poll an empty choice says that they voted. */
  mine: ReadonlyMap<string, Choice>;
  vote: (poll: Poll, choice: Choice) => Promise<boolean>;
  save: (id: string, input: SavePollInput) => Promise<boolean>;
  open: (id: string) => Promise<boolean>;
  close: (id: string) => Promise<boolean>;
  remove: (id: string) => Promise<boolean>;
}

/** The polls of a room: told as they change, asked for whenever the room was joined (again). */
export function usePolls(live: LiveRoom): PollsState {
  const tried = useTried();
  const { room } = live;
  const [polls, setPolls] = useState<readonly Poll[]>([]);
  const [known, setKnown] = useState(false);
  const [staff, setStaff] = useState(false);
  const [mine, setMine] = useState<ReadonlyMap<string, Choice>>(new Map());
  const version = useRef(0);
  const isStaff = useRef(false);

  const refresh = useCallback(
    () =>
      send(PollsDocument, { room }).then(
        ({ polls: answer }) => {
          if (answer.version < version.current) return;
          version.current = answer.version;
          isStaff.current = answer.staff;
          const ahead = Date.now() - answer.now;
          setPolls(answer.polls.map((one) => byOurClock(fromGraph(one), ahead)));
          setMine(
            new Map(
              answer.polls.filter((one) => one.voted).map((one) => [one.id, JSON.parse(one.yours ?? "[]") as Choice]),
            ),
          );
          setStaff(answer.staff);
          setKnown(true);
        },
        () => undefined, // Asked again with the next connection.
      ),
    [room],
  );
  const refreshSoon = useAsked(
    live,
    refresh,
    useCallback(() => version.current > 0, []),
  );
  useEffect(
    () =>
      live.hear<Told>("Told", ({ about, data }) => {
        if (about !== "polls") return;
        const told = JSON.parse(data) as PollsTold;
        if (told.version <= version.current) return;
        version.current = told.version;
        setPolls((before) => apply(before, told, Date.now() - told.now));
        // Drafts, and results that are hidden, are for the staff alone.
        if (isStaff.current) refreshSoon(STAFF_MS);
      }),
    [live, refreshSoon],
  );

  const acts = useMemo(() => {
    const run = async (act: () => Promise<unknown>): Promise<boolean> => {
      const refused = await tried(act);
      return refused === undefined || refused === "already-voted";
    };
    const put = (poll: PollPartsFragment) =>
      setPolls((before) => [...before.filter(({ id }) => id !== poll.id), fromGraph(poll)]);
    return {
      vote: async (poll: Poll, choice: Choice) => {
        const said = poll.kind === "words" ? { words: choice } : { picks: choice };
        const data = JSON.stringify({ poll: poll.id, ...said });
        const counted = await run(() => live.invoke("Act", { room, about: "vote", data }));
        if (counted) setMine((before) => new Map(before).set(poll.id, poll.anonymous ? [] : choice));
        return counted;
      },
      save: (id: string, input: SavePollInput) =>
        run(async () => put((await send(SavePollDocument, { room, id, input })).savePoll)),
      open: (id: string) => run(() => send(OpenPollDocument, { id })),
      close: (id: string) => run(() => send(ClosePollDocument, { id })),
      remove: (id: string) =>
        run(async () => {
          await send(RemovePollDocument, { id });
          setPolls((before) => before.filter((one) => one.id !== id));
        }),
    };
  }, [live, room, tried]);
  return useMemo(() => ({ room, polls, known, staff, mine, ...acts }), [room, polls, known, staff, mine, acts]);
}

function fromGraph(poll: PollPartsFragment): Poll {
  return {
    ...poll,
    kind: poll.kind.toLowerCase() as Poll["kind"],
    state: poll.state.toLowerCase() as Poll["state"],
  };
}
