import { useEffect, useRef } from "react";
import { DirectStageDocument, type StageCommandInput } from "../gql/graphql.ts";
import { send } from "../platform/graph/send.ts";
import type { StageStatus } from "../rooms/wire.ts";
import { hostStep } from "../stage/host.ts";
import type { Plan } from "../stage/plan.ts";
import type { Studio } from "../stage/useStudio.ts";
import type { StagePerson } from "./people.ts";

interface Hosting {
  room: string;
  studio: Studio;
  plan: Plan;
  /** Ourselves, in the call. */
  self: StagePerson | undefined;
  status: StageStatus;
}

/**
 * Makes the audience's picture in this window for as long as the plan says so: whoever goes live makes themselves the host; when a host is gone the server
 * names the next, and that one goes on with the same broadcast; whoever is not named any more lets go.
 */
export function useHost({ room, studio, plan, self, status }: Hosting): void {
  const since = useRef(0);
  const tried = useRef(0);
  const { desk, phase, takeOver, standDown } = studio;
  const peer = self?.peer;
  const person = self?.person;
  const nobodyOn = plan.on.length === 0 && plan.card === undefined;
  const seen = studio.cameraOn || !studio.muted;
  const open = status.state === "live" || status.state === "interrupted";

  useEffect(() => {
    const direct = async (command: StageCommandInput) => {
      const { directStage } = await send(DirectStageDocument, { room, id: crypto.randomUUID(), command });
      return directStage.version;
    };
    desk.current.peer = peer;
    desk.current.broadcast = open ? (status.broadcast ?? undefined) : undefined;
    desk.current.claim = async () => {
      // Who goes live on an empty stage means to be seen there, unless there is nothing of them to see or hear. Without leave to direct, others decide who is on and who makes the picture.
      if (nobodyOn && person && seen) await direct({ bringOn: { person } }).catch(() => 0);
      if (peer) since.current = await direct({ host: { peer } }).catch(() => 0);
    };
  }, [desk, room, open, status.broadcast, nobodyOn, seen, person, peer]);

  const step = hostStep({
    plan,
    peer,
    open: open && status.broadcast !== desk.current.ended && (phase === "backstage" || phase === "ended"),
    uploading: phase === "live",
    since: since.current,
    tried: tried.current,
  });
  useEffect(() => {
    if (step === "take-over") {
      tried.current = plan.version;
      takeOver();
    } else if (step === "stand-down") standDown();
  }, [step, plan.version, takeOver, standDown]);
}
