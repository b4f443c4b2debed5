/** A Cocktail Party as the server tells it; docs/develop/protocol.md names the records. Times are Unix milliseconds of the server's clock. */

export type PartyPhase = "check-in" | "countdown" | "card" | "talk" | "between" | "paused" | "over";

export interface PartySettings {
  /** How long a call takes. */
  minutes: number;
  rounds: number;
  mode: "everyone" | "groups";
  /** The two sides, when `mode` is groups. */
  groups?: string[] | null;
  by: "shared" | "different";
}

/** What everybody at the party is told; of two the higher version is true. */
export interface PartyNow {
  id: string;
  room: string;
  event: string;
  version: number;
  phase: PartyPhase;
  /** What goes on when the host lets it, while `phase` is paused. */
  paused?: PartyPhase | null;
  /** 0 before the first. */
  round: number;
  rounds: number;
  /** When this phase ends; absent while paused and when it is over. */
  until?: number | null;
  /** While paused: milliseconds that the phase still has. */
  left?: number | null;
  /** People who have not left. */
  here: number;
  ready: number;
  seats?: GroupSeats[] | null;
  message?: PartyMessage | null;
  settings: PartySettings;
  endedAt?: number | null;
  /** When people are taken back to the room. */
  backAt?: number | null;
}

export interface GroupSeats {
  group: string;
  ready: number;
}

export interface PartyMessage {
  text: string;
  by: string;
  at: number;
}

/** What one person may see of another, see the slice Profiles. */
export interface ProfileCard {
  person: string;
  name: string;
  headline: string;
  company?: string | null;
  picture?: string | null;
  interests: string[];
  looksFor: string[];
  offers: string[];
  languages: string[];
  introVideo?: string | null;
}

/** Why two people were matched: the browser says it in words. */
export interface MatchReason {
  kind: string;
  terms: string[];
}

export interface Meeting {
  /** The call's id, too. */
  id: string;
  round: number;
  /** Everybody in it but oneself: one, or two in a trio. */
  people: ProfileCard[];
  reason: MatchReason;
  /** When the call begins. */
  from: number;
  until: number;
  extended: boolean;
  iAskedForMore: boolean;
  /** The ids of all who asked for more time. */
  asked?: string[] | null;
}

/** What one person alone is told; of two the higher version is true. */
export interface MyParty {
  party: string;
  version: number;
  state: "in" | "ready" | "waiting" | "meeting" | "left";
  group?: string | null;
  meeting?: Meeting | null;
  /** How many people were met so far. */
  met: number;
  /** Why there is no meeting any more in this round. */
  ended?: { why: string; name: string } | null;
}

export interface MetPerson {
  card: ProfileCard;
  round: number;
  seconds: number;
  extended: boolean;
  connected: "none" | "asked" | "mutual";
}

export interface PartySummary {
  people: MetPerson[];
  rounds: number;
  minutes: number;
  back?: { room: string; at: number } | null;
}

/** Of what is known and what is told, the newer. */
export function newer<T extends { version: number }>(known: T | undefined, told: T): T {
  return known && known.version > told.version ? known : told;
}

/** What a page of the party shows. */
export type Screen = "check-in" | "countdown" | "card" | "talk" | "waiting" | "paused" | "over" | "left";

/**
 * Which screen is shown to this person at this moment of the server. A meeting's own times decide between card and call, so that a pair that
 * was given more time goes on talking.
 */
export function screenOf(party: PartyNow, me: MyParty, now: number): Screen {
  if (party.phase === "over") return "over";
  if (me.state === "left") return "left";
  const phase = party.phase === "paused" ? party.paused : party.phase;
  const { meeting } = me;
  if (me.state === "meeting" && meeting) {
    const talks = phase === "talk" || now >= meeting.from;
    // Whoever talks goes on talking while the clock stands still.
    if (party.phase === "paused") return talks && phase !== "card" ? "talk" : "paused";
    return talks ? "talk" : "card";
  }
  if (me.state === "in") return "check-in";
  if (party.phase === "paused") return "paused";
  return phase === "check-in" || phase === "countdown" ? "countdown" : "waiting";
}

/** What the ring of a screen counts down to; undefined while the clock stands still. */
export function endOf(party: PartyNow, me: MyParty, screen: Screen): number | undefined {
  if (party.phase === "paused") return undefined;
  if (screen === "card") return me.meeting?.from;
  if (screen === "talk") return me.meeting?.until ?? undefined;
  return party.until ?? undefined;
}

/** How many people are on each side; everybody is one side when all meet all. */
export function sidesOf(party: PartyNow): { group: string | undefined; ready: number }[] {
  const { settings, seats, ready } = party;
  if (settings.mode !== "groups") return [{ group: undefined, ready }];
  return (settings.groups ?? []).map((group) => ({
    group,
    ready: seats?.find((one) => one.group === group)?.ready ?? 0,
  }));
}
