import { EMPTY_PLAN, type Plan, type Spot } from "./plan";

/** How a speaker's own screen and camera stand together, as long as no crew decides. */
export type Layout = "corner" | "side" | "solo";

interface Alone {
  person: string;
  name: string;
  accent?: string | undefined;
  cameraOn: boolean;
  muted: boolean;
  sharing: boolean;
  layout: Layout;
}

/** The plan of somebody who runs a stage alone: the screen, if it is shared, and themselves. */
export function planAlone({ person, name, accent, cameraOn, muted, sharing, layout }: Alone): Plan {
  const self: Spot = { spot: "self", kind: "person", person, name, muted, lowerThird: false };
  const screen: Spot = { spot: "screen", kind: "screen", person, name, muted: false, lowerThird: false };
  // Solo shows the first; the second is heard all the same.
  const on = !sharing ? [self] : layout === "solo" ? [self, screen] : [screen, self];
  const together = sharing && cameraOn && layout !== "solo";
  return {
    ...EMPTY_PLAN,
    layout: !together ? "solo" : layout === "side" ? "slides" : "corner",
    on,
    brand: { ...EMPTY_PLAN.brand, ...(accent ? { accent } : {}) },
  };
}
