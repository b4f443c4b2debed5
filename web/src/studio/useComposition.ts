import { useEffect } from "react";
import type { Plan } from "../stage/plan.ts";
import type { Studio } from "../stage/useStudio.ts";
import type { StagePerson } from "./people.ts";

/** Keeps this window's picture of the stage as the plan says, of what comes from everybody. */
export function useComposition(studio: Studio, plan: Plan, people: readonly StagePerson[]): void {
  const { compositor } = studio;
  useEffect(() => compositor.show(plan), [compositor, plan]);
  useEffect(() => {
    const self = people.find((somebody) => somebody.you);
    if (self) compositor.self = self.person;
    // Others mute what they send; our own microphone stays open for the meter, so it is held back here.
    compositor.feed(
      people.map(({ person, you, camera, microphone, screen, muted }) => ({
        person,
        camera,
        microphone: you && muted ? undefined : microphone,
        screen,
      })),
    );
  }, [compositor, people]);
}
