import type { Meeting, MyParty, PartyNow, PartySummary, ProfileCard } from "../party.ts";

/** People and parties for `/design/party`: their words are samples and stay untranslated. */
const person = (name: string, headline: string, company: string, interests: string[]): ProfileCard => ({
  person: name,
  name,
  headline,
  company,
  picture: `/art/people/${name.split(" ")[0]?.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase()}.svg`,
  interests,
  looksFor: ["how others pay for maintenance"],
  offers: [],
  languages: ["es", "en"],
});

export const SOFIA = person("Sofía Herrera", "Runs the incident desk", "Metro de Quito", [
  "Incident reviews",
  "Small teams",
]);
export const CHIDI = person("Chidi Eze", "Grants", "Open Records Fund", ["Open data"]);
const MARTA = person("Marta Kowalska", "City budget office", "Łódź", []);
const YUKI = person("Yuki Tanaka", "Procurement", "Sendai", []);
const OWEN = person("Owen Price", "Trustee", "Tideway Trust", []);

export const GROUPS = ["I run it", "I pay for it"];

export function party(now: number, change: Partial<PartyNow> = {}): PartyNow {
  return {
    id: "party",
    room: "room",
    event: "event",
    version: 1,
    phase: "check-in",
    round: 0,
    rounds: 5,
    until: now + 84_000,
    here: 214,
    ready: 148,
    settings: { minutes: 5, rounds: 5, mode: "everyone", by: "shared" },
    ...change,
  };
}

export const sided = (one: PartyNow): PartyNow => ({
  ...one,
  seats: [
    { group: "I run it", ready: 81 },
    { group: "I pay for it", ready: 67 },
  ],
  settings: { ...one.settings, mode: "groups", groups: GROUPS },
});

export function mine(change: Partial<MyParty> = {}): MyParty {
  return { party: "party", version: 1, state: "ready", met: 2, ...change };
}

export function meeting(now: number, change: Partial<Meeting> = {}): Meeting {
  return {
    id: "meeting-7",
    round: 2,
    people: [SOFIA],
    reason: { kind: "goal", terms: ["how others pay for maintenance"] },
    from: now + 10_000,
    until: now + 222_000,
    extended: false,
    iAskedForMore: false,
    asked: [],
    ...change,
  };
}

export function summary(now: number): PartySummary {
  return {
    people: [
      { card: SOFIA, round: 1, seconds: 450, extended: true, connected: "mutual" },
      { card: CHIDI, round: 2, seconds: 450, extended: true, connected: "mutual" },
      { card: MARTA, round: 3, seconds: 300, extended: false, connected: "none" },
      { card: YUKI, round: 4, seconds: 300, extended: false, connected: "asked" },
      { card: OWEN, round: 5, seconds: 300, extended: false, connected: "none" },
    ],
    rounds: 5,
    minutes: 31,
    back: { room: "Main stage", at: now + 3_600_000 },
  };
}
