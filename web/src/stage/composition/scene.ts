import type { Plan, Spot } from "../plan";

/** What a person sends, whichever way it comes here. */
export interface PersonMedia {
  person: string;
  camera?: MediaStream | undefined;
  microphone?: MediaStream | undefined;
  /** Picture, and perhaps sound, of a shared screen. */
  screen?: MediaStream | undefined;
}

/** Names of what people send, among all pictures and all voices. */
export const cameraOf = (person: string): string => `camera:${person}`;
export const microphoneOf = (person: string): string => `microphone:${person}`;
export const screenOf = (person: string): string => `screen:${person}`;

export interface Streams {
  pictures: Map<string, MediaStream>;
  voices: Map<string, MediaStream>;
}

/** Everything people send, by name. Who is here twice, in two windows, is seen and heard from the first that sends. */
export function streamsOf(people: readonly PersonMedia[]): Streams {
  const pictures = new Map<string, MediaStream>();
  const voices = new Map<string, MediaStream>();
  const add = (
    to: Map<string, MediaStream>,
    key: string,
    stream: MediaStream | undefined,
    tracks: number | undefined,
  ) => {
    if (stream && tracks && !to.has(key)) to.set(key, stream);
  };
  for (const { person, camera, microphone, screen } of people) {
    add(pictures, cameraOf(person), camera, camera?.getVideoTracks().length);
    add(pictures, screenOf(person), screen, screen?.getVideoTracks().length);
    add(voices, microphoneOf(person), microphone, microphone?.getAudioTracks().length);
    add(voices, screenOf(person), screen, screen?.getAudioTracks().length);
  }
  return { pictures, voices };
}

/** The name of the picture that a spot shows; slides and clips are no streams. */
export function pictureOf({ kind, person }: Pick<Spot, "kind" | "person">): string | undefined {
  if (!person) return undefined;
  return kind === "person" ? cameraOf(person) : kind === "screen" ? screenOf(person) : undefined;
}

/** Who is heard: everybody on stage who is not muted, seen or not; nobody while there is a card. */
export function audible({ on, card }: Pick<Plan, "on" | "card">): Set<string> {
  const heard = new Set<string>();
  if (card) return heard;
  for (const { kind, person, muted } of on) {
    if (muted || !person) continue;
    if (kind === "person") heard.add(microphoneOf(person));
    if (kind === "screen") heard.add(screenOf(person));
  }
  return heard;
}

/** The voices among which one may have the floor. */
export function speakers({ on, card }: Pick<Plan, "on" | "card">): Set<string> {
  const voices = audible({ on, card });
  for (const key of voices) if (!key.startsWith("microphone:")) voices.delete(key);
  return voices;
}

/** Whether a clip is on stage, so that it runs and is heard. */
export const clipOnStage = ({ on, clip, card }: Pick<Plan, "on" | "clip" | "card">): boolean =>
  clip !== undefined && card === undefined && on.some(({ kind }) => kind === "clip");
