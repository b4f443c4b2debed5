/** Polls of a room as they are told (`polls`) and answered: docs/develop/questions-and-polls.md. */
export type PollKind = "single" | "multiple" | "rating" | "words" | "ranking" | "quiz";

export interface PollResult {
  label: string;
  count: number;
}

export interface Poll {
  id: string;
  kind: PollKind;
  state: "draft" | "open" | "closed";
  question: string;
  options: readonly string[];
  anonymous: boolean;
  live: boolean;
  most: number;
  openedAt?: number | null | undefined;
  closesAt?: number | null | undefined;
  bonusSeconds: number;
  closesAfter?: number | null | undefined;
  right?: number | null | undefined;
  series: string;
  place: number;
  voters: number;
  results?: readonly PollResult[] | null | undefined;
}

/** What one said: options by their number, or words. */
export type Choice = readonly number[] | readonly string[];

/** What a room is told: polls that are open or changed, and which there are. */
export interface PollsTold {
  version: number;
  now: number;
  drafts: number;
  ids: readonly string[];
  polls: readonly Poll[];
}

/** Which polls there are after what was told; drafts are not told and stay. */
export function apply(known: readonly Poll[], told: PollsTold, ahead: number): Poll[] {
  const news = new Map(told.polls.map((poll) => [poll.id, byOurClock(poll, ahead)]));
  const there = new Set(told.ids);
  const kept = known
    .filter(({ id, state }) => there.has(id) || state === "draft")
    .map((poll) => merge(poll, news.get(poll.id)));
  const ids = new Set(kept.map(({ id }) => id));
  return [...kept, ...[...news.values()].filter(({ id }) => there.has(id) && !ids.has(id))];
}

/** The staff sees results that the room is not told yet; they stay until they are asked for again. */
function merge(poll: Poll, news: Poll | undefined): Poll {
  return news ? { ...news, results: news.results ?? poll.results, right: news.right ?? poll.right } : poll;
}

/** Times of the server by this machine's clock, which is so many milliseconds ahead. */
export function byOurClock(poll: Poll, ahead: number): Poll {
  const { openedAt, closesAt } = poll;
  return {
    ...poll,
    openedAt: openedAt == null ? openedAt : openedAt + ahead,
    closesAt: closesAt == null ? closesAt : closesAt + ahead,
  };
}

/** The share of those who voted, in whole per cent; of a ranking, of the most points there can be. */
export function share(poll: Poll, { count }: PollResult): number {
  const whole = poll.kind === "ranking" ? poll.voters * poll.options.length : poll.voters;
  return whole === 0 ? 0 : Math.round((100 * count) / whole);
}

/** The mean of the ratings; undefined when nobody rated. */
export function mean(poll: Poll): number | undefined {
  if (!poll.results || poll.voters === 0) return undefined;
  return poll.results.reduce((sum, { label, count }) => sum + Number(label) * count, 0) / poll.voters;
}
