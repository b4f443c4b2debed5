import { useMemo } from "react";
import type { LiveRoom } from "../rooms/live.ts";
import type { You } from "../rooms/wire.ts";
import type { Studio } from "../stage/useStudio.ts";
import type { StagePerson } from "./people.ts";

/** Everybody in the call of the backstage, ourselves first. */
export function usePeople(_crew: LiveRoom, you: You | undefined, studio: Studio): StagePerson[] {
  const camera = studio.cameraOn ? studio.camera.stream : undefined;
  const microphone = studio.microphone.stream;
  return useMemo(
    () =>
      you
        ? [
            {
              person: you.id,
              peer: "self",
              name: you.name,
              role: you.role,
              you: true,
              camera,
              screen: undefined,
              microphone,
              muted: studio.muted,
              talking: false,
              weak: false,
            },
          ]
        : [],
    [you, camera, microphone, studio.muted],
  );
}
