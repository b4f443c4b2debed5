import type { OwnProfileFragment, ProfileAtEventQuery } from "../gql/graphql.ts";

/** What can be written about oneself. */
export interface Draft {
  name: string;
  headline: string;
  company: string;
  about: string;
  interests: string[];
  looksFor: string[];
  offers: string[];
  languages: string[];
}

/** What can be written differently for one event; undefined is as in the profile. */
export interface DraftHere {
  headline: string | undefined;
  about: string | undefined;
  looksFor: string[] | undefined;
  offers: string[] | undefined;
}

type AtEvent = NonNullable<NonNullable<ProfileAtEventQuery["myProfile"]>["at"]>;

export const MOST_TAGS = 12;
export const LONGEST_TAG = 40;
export const LONGEST_ABOUT = 600;
export const LONGEST_HEADLINE = 160;

export function draftOf(profile: OwnProfileFragment): Draft {
  const { name, headline, company, about, interests, looksFor, offers, languages } = profile;
  return { name, headline, company, about, interests, looksFor, offers, languages };
}

export function draftHereOf(at: AtEvent): DraftHere {
  return {
    headline: at.headline ?? undefined,
    about: at.about ?? undefined,
    looksFor: at.looksFor ?? undefined,
    offers: at.offers ?? undefined,
  };
}

/** What others see at the event while it is being written. */
export function seenHere(own: Draft, here: DraftHere): Draft {
  return {
    ...own,
    headline: here.headline ?? own.headline,
    about: here.about ?? own.about,
    looksFor: here.looksFor ?? own.looksFor,
    offers: here.offers ?? own.offers,
  };
}

export type TagProblem = "empty" | "already" | "enough";

/** The tag as it would be kept, or why it is not added. */
export function tagOf(text: string, tags: readonly string[]): string | { problem: TagProblem } {
  const tag = text.trim().replace(/\s+/g, " ").slice(0, LONGEST_TAG).trim();
  if (!tag) return { problem: "empty" };
  if (tags.some((known) => known.toLocaleLowerCase() === tag.toLocaleLowerCase())) return { problem: "already" };
  return tags.length >= MOST_TAGS ? { problem: "enough" } : tag;
}

/** Whether there is anything to lose. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
