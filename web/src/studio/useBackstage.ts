import type { LiveRoom, RoomView } from "../rooms/live.ts";
import { useRoomView } from "../rooms/useLiveRoom.ts";
import type { Role } from "../rooms/wire.ts";
import { EMPTY_PLAN, type Plan } from "../stage/plan.ts";
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
  studio: Studio;
  direct: Director;
  /** The stage's room, where the audience is. */
  stage: LiveRoom;
  stageView: RoomView;
  /** The room behind it, where the crew talks. */
  crew: LiveRoom;
  crewView: RoomView;
}

interface Behind {
  room: StudioRoom;
  name: string;
  studio: Studio;
  stage: LiveRoom;
  crew: LiveRoom;
}

/** Undefined until the rooms told who we are. */
export function useBackstage({ room, studio, stage, crew }: Behind): Backstage | undefined {
  const stageView = useRoomView(stage);
  const crewView = useRoomView(crew);
  const direct = useDirector(room.id);
  const you = crewView.you;
  const people = usePeople(crew, you, studio);
  const plan = crewView.log.plan ?? EMPTY_PLAN;
  useComposition(studio, plan, people);
  const self = people.find((somebody) => somebody.you);
  useHost({ room: room.id, studio, plan, self, status: stageView.log.stage });
  useProgram(stage, studio.uplink && studio.compositor.stream);
  if (!you) return undefined;
  return {
    room,
    you,
    plan,
    people,
    studio,
    direct,
    stage,
    stageView,
    crew,
    crewView,
  };
}
