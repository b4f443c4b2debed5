import type { StageCard, StageLayout } from "../stage/plan.ts";

/**
 * What the crew can do about a stage, and a speaker about themselves. Each is one command to the server, which decides
 * and tells everybody backstage; nothing changes here before it was told.
 */
export interface Director {
  bringOn: (person: string) => Promise<void>;
  takeOff: (spot: string) => void;
  order: (spots: readonly string[]) => void;
  layout: (layout: StageLayout) => Promise<void>;
  lowerThird: (spot: string, lowerThird: { shown: boolean; name?: string; title?: string }) => void;
  /** Nobody is next when there is no person. */
  next: (person: string | undefined, inSeconds?: number) => void;
  ready: () => void;
  timer: (timer: { label: string; seconds: number } | undefined) => void;
  /** A clip behind it, or music with it, is named by its id. */
  card: (card: StageCard | undefined) => void;
  bringScreen: (person: string) => Promise<void>;
  /** Puts slides on stage, at this page. */
  slides: (slides: { deck: string; page: number } | undefined) => void;
  turn: (page: number) => void;
  clip: (clip: { id: string; loop: boolean } | undefined) => void;
  mute: (person: string, muted: boolean) => void;
  remove: (person: string) => void;
  /** Asks an attendee whose hand is up to come on stage. */
  ask: (person: string) => void;
  /** Puts a hand down. */
  lower: (person: string) => void;
  /** Names of commands on their way. */
  pending: ReadonlySet<string>;
}
