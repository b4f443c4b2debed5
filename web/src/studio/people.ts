import type { Role } from "../rooms/wire.ts";
import { type Plan, spotOf } from "../stage/plan.ts";

/** Somebody backstage, as the screens show them: who they are, and what comes from their camera and microphone. */
export interface StagePerson {
  person: string;
  /** Of the window they sit at; the same person may sit at two. */
  peer: string;
  name: string;
  role: Role;
  you: boolean;
  camera: MediaStream | undefined;
  screen: MediaStream | undefined;
  microphone: MediaStream | undefined;
  /** Nothing is heard of them, by their own will or by the crew's. */
  muted: boolean;
  talking: boolean;
  /** Their network does not carry what they send. */
  weak: boolean;
}

const CREW: ReadonlySet<Role> = new Set(["organizer", "producer", "moderator"]);

/** The crew runs the stage. */
export function isCrew(role: Role | undefined): boolean {
  return role !== undefined && CREW.has(role);
}

/** Those on stage in the plan's order; whoever is on stage but not here (yet) is left out. */
export function onStage(plan: Plan, people: readonly StagePerson[]): StagePerson[] {
  return plan.on
    .filter((spot) => spot.kind === "person")
    .flatMap((spot) => people.find((somebody) => somebody.person === spot.person) ?? []);
}

/** Those who wait backstage, the next one first, then as they came. */
export function waiting(plan: Plan, people: readonly StagePerson[]): StagePerson[] {
  const off = people.filter((somebody) => !spotOf(plan, somebody.person));
  return [...off].sort((a, b) => Number(b.person === plan.next?.person) - Number(a.person === plan.next?.person));
}

/**
 * How loud somebody else is for us, from 0 to 1. Who is on stage hears the stage alone, so that nobody answers a voice
 * the audience does not hear; who is backstage hears the others there, and the stage as loud as they wish.
 */
export function loudnessOf(plan: Plan, you: string | undefined, person: string, stageVolume: number): number {
  const theirs = spotOf(plan, person) !== undefined;
  if (spotOf(plan, you)) return theirs ? 1 : 0;
  return theirs ? stageVolume : 1;
}
