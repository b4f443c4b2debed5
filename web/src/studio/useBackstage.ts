import { useEffect, useMemo, useRef } from "react";
import type { Call } from "../calls/call.ts";
import type { LiveRoom, RoomView } from "../rooms/live.ts";
import { useRoomView } from "../rooms/useLiveRoom.ts";
import type { Role } from "../rooms/wire.ts";
import { EMPTY_PLAN, type Plan, spotOf } from "../stage/plan.ts";
import { useProgram } from "../stage/useProgram.ts";
import type { Studio } from "../stage/useStudio.ts";
import type { Director } from "./director.ts";
import type { StagePerson } from "./people.ts";
import type { StudioRoom } from "./StudioPage.tsx";
import { useComposition } from "./useComposition.ts";
import { useDirector } from "./useDirector.ts";
import { useHost } from "./useHost.ts";
import { usePeople } from "./usePeople.ts";

/** Everything the screens behind a stage stand on. */
export interface Backstage {
  room: StudioRoom;
  you: { id: string; name: string; role: Role };
  plan: Plan;
  people: readonly StagePerson[];
  call: Call | undefined;
  studio: Studio;
  direct: Director;
  /** The stage's room, where the audience is. */
  stage: LiveRoom;
  stageView: RoomView;
  /** The room behind it, where the crew talks. */
  crew: LiveRoom;
  crewView: RoomView;
  /** Asks anew what the room has: slides, clips, replays. */
  refresh: () => void;
}

interface Behind {
  room: StudioRoom;
  studio: Studio;
  stage: LiveRoom;
  crew: LiveRoom;
  refresh: () => void;
}

/** Undefined until the rooms told who we are. */
export function useBackstage({ room, studio, stage, crew, refresh }: Behind): Backstage | undefined {
  const stageView = useRoomView(stage);
  const crewView = useRoomView(crew);
  const direct = useDirector(room.id);
  const you = crewView.you;
  const { people: peers, call } = usePeople(crew, you, studio);
  const plan = crewView.log.plan ?? EMPTY_PLAN;
  // A composer of the server is in the call, but it is nobody.
  const composer = plan.host?.worker === undefined ? undefined : plan.host.peer;
  const people = useMemo(() => peers.filter(({ peer }) => peer !== composer), [peers, composer]);
  useComposition(studio, plan, people);
  const self = people.find((somebody) => somebody.you);
  useHost({ room: room.id, studio, plan, self, status: stageView.log.stage });
  useProgram(stage, studio.uplink && studio.compositor.stream);
  useSharedScreen(studio, plan, you?.id, direct, room.stage?.viewerMayDirect ?? false);
  if (!you) return undefined;
  return {
    room,
    you,
    plan,
    people,
    call,
    studio,
    direct,
    stage,
    stageView,
    crew,
    crewView,
    refresh,
  };
}

/** Who runs the stage and is on it shares a screen with the audience at once; a screen that is not shared any more is not on stage. */
function useSharedScreen(studio: Studio, plan: Plan, you: string | undefined, direct: Director, runs: boolean): void {
  const sharing = studio.screen !== undefined;
  const own = plan.on.find((spot) => spot.kind === "screen" && spot.person === you)?.spot;
  const on = spotOf(plan, you) !== undefined;
  const was = useRef(false);
  useEffect(() => {
    const changed = was.current !== sharing;
    was.current = sharing;
    if (!changed || !you) return;
    if (!sharing && own) direct.takeOff(own);
    if (sharing && !own && on && runs) {
      void direct.bringScreen(you).then(() => {
        if (plan.layout === "solo") void direct.layout("corner");
      });
    }
  }, [sharing, own, on, runs, you, direct, plan.layout]);
}
