import type { UpdateEventInput } from "../gql/graphql.ts";
import { changedFields } from "./draft.ts";
import { type EventPage, normaliseAccent } from "./eventForm.ts";
import { toWallClock } from "./wallClock.ts";

/** Everything the event's page editor holds. */
export interface PageForm extends EventPage {
  coverArt: string;
  /** The uploaded cover as shown; empty while a drawing is used. */
  coverUrl: string;
  /** The id of a cover uploaded since the last save; the server knows older ones by itself. */
  coverFile: string;
}

/** What of the event the form starts from. */
interface PageSource {
  name: string;
  tagline: string;
  description: string;
  slug: string;
  accent: string;
  startsAt: string;
  endsAt: string;
  timeZone: string;
  coverArt: string;
  coverUrl?: string | null;
}

export function pageFormOf(event: PageSource): PageForm {
  return {
    name: event.name,
    tagline: event.tagline,
    description: event.description,
    slug: event.slug,
    accent: event.accent,
    startsAtLocal: toWallClock(event.startsAt, event.timeZone),
    endsAtLocal: toWallClock(event.endsAt, event.timeZone),
    timeZone: event.timeZone,
    coverArt: event.coverArt,
    coverUrl: event.coverUrl ?? "",
    coverFile: "",
  };
}

/** Only what changed, so that two organizers on different fields do not undo each other. */
export function pageChanges(id: string, version: number, saved: PageForm, form: PageForm): UpdateEventInput {
  const changed = new Set(changedFields(saved, form));
  const input: UpdateEventInput = { id, version };
  if (changed.has("name")) input.name = form.name.trim();
  if (changed.has("tagline")) input.tagline = form.tagline.trim();
  if (changed.has("description")) input.description = form.description;
  if (changed.has("slug")) input.slug = form.slug;
  if (changed.has("accent")) input.accent = normaliseAccent(form.accent) ?? form.accent;
  if (changed.has("coverArt")) input.coverArt = form.coverArt;
  if (changed.has("coverUrl") || changed.has("coverFile")) input.coverFile = form.coverFile;
  if (changed.has("timeZone")) input.timeZone = form.timeZone;
  // A zone alone would leave the instants to chance: the wall clock is what the organizer means, so it goes along.
  if (changed.has("timeZone") || changed.has("startsAtLocal") || changed.has("endsAtLocal")) {
    input.startsAtLocal = form.startsAtLocal;
    input.endsAtLocal = form.endsAtLocal;
  }
  return input;
}
