/** What the crew has decided about a stage: who and what is seen, how, and what comes next. The newest one counts. */

export type StageLayout = "solo" | "duo" | "grid" | "slides" | "corner";
export type SpotKind = "person" | "screen" | "slides" | "clip";
export type CardKind = "starting" | "break" | "ended" | "custom";
export type BrandFrame = "none" | "line" | "full";

/** One place on stage. */
export interface Spot {
  /** Stays the same while it is on stage. */
  spot: string;
  kind: SpotKind;
  /** Whose camera and microphone, or whose screen. */
  person?: string | undefined;
  name: string;
  /** The second line of the lower third. */
  title?: string | undefined;
  muted: boolean;
  /** The name is shown over the picture. */
  lowerThird: boolean;
}

/** Shown instead of the stage; whoever is on stage is neither seen nor heard. */
export interface StageCard {
  kind: CardKind;
  title: string;
  text?: string | undefined;
  /** Address of music that plays over and over. */
  music?: string | undefined;
  /** Address of a video that plays over and over behind the words. */
  clip?: string | undefined;
  /** When it goes on, to count down to. */
  until?: number | undefined;
}

export interface StageSlides {
  deck: string;
  /** From 0. */
  page: number;
  /** Addresses of the pages. */
  pages: string[];
  /** The person who turns them. */
  by: string;
}

export interface StageClip {
  id: string;
  url: string;
  /** Unix milliseconds. */
  startedAt: number;
  seconds: number;
  loop: boolean;
}

export interface StageHand {
  person: string;
  name: string;
  at: number;
  state: "raised" | "asked" | "accepted";
  /** Who asked them on stage, and what for. */
  by?: string | undefined;
  text?: string | undefined;
}

export interface Plan {
  version: number;
  layout: StageLayout;
  /** In order. */
  on: Spot[];
  next?: { person: string; name: string; at?: number | undefined; ready: boolean } | undefined;
  timer?: { label: string; endsAt: number } | undefined;
  card?: StageCard | undefined;
  slides?: StageSlides | undefined;
  clip?: StageClip | undefined;
  brand: { accent: string; logo?: string | undefined; frame: BrandFrame };
  hands: StageHand[];
  /** Nobody raises a hand just now. */
  handsClosed?: boolean | undefined;
  /** Whose tab, or which worker, makes the picture for the audience. */
  host?:
    | {
        peer: string;
        person: string;
        name: string;
        /** A composer of the installation does it, not a person's window; empty until one has taken it. */
        worker?: string | undefined;
      }
    | undefined;
  /** Words over the picture, for example a question. */
  banner?: { text: string; by?: string | undefined } | undefined;
}

/** The accent of a stage whose event has none. */
export const DEFAULT_ACCENT = "#2c6b58";

export const EMPTY_PLAN: Plan = {
  version: 0,
  layout: "solo",
  on: [],
  brand: { accent: DEFAULT_ACCENT, frame: "none" },
  hands: [],
};

type Told = { [Key in keyof Plan]?: Plan[Key] | null };

/**
 * The plan as the server tells it: an object, its JSON, or a version with its JSON as `document`. What an older server does
 * not say is as in an empty plan, null is absent, and what a newer one adds is left alone.
 */
export function planOf(told: unknown): Plan | undefined {
  let value = told;
  if (typeof told === "string") {
    try {
      value = JSON.parse(told);
    } catch {
      return undefined;
    }
  }
  if (typeof value !== "object" || value === null) return undefined;
  if ("document" in value && typeof value.document === "string") return planOf(value.document);
  const { version, layout, on, brand, hands, ...rest } = value as Told;
  const optional = Object.fromEntries(Object.entries(rest).filter(([, member]) => member !== null));
  return {
    ...optional,
    version: version ?? 0,
    layout: layout ?? EMPTY_PLAN.layout,
    on: on ?? [],
    brand: { ...EMPTY_PLAN.brand, ...brand },
    hands: hands ?? [],
  };
}

/** Where this person stands, when they are on stage. */
export function spotOf(plan: Plan, person: string | undefined): Spot | undefined {
  return plan.on.find((spot) => spot.kind === "person" && spot.person === person);
}

/** Of what is held and what is told, the newer: versions only grow, and news may overtake each other. */
export function newerPlan(held: Plan | undefined, told: unknown): Plan | undefined {
  const plan = planOf(told);
  return plan && held && held.version > plan.version ? held : (plan ?? held);
}
