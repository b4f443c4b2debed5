/** The questions of a room as they are told (`questions`) and answered: docs/develop/questions-and-polls.md. Times are the server's Unix milliseconds. */
export interface Question {
  id: string;
  text: string;
  person?: string | null | undefined;
  name?: string | null | undefined;
  state: "held" | "open" | "live" | "answered" | "dismissed" | "merged";
  votes: number;
  merged: number;
  place?: number | null | undefined;
  at: number;
  replay?: string | null | undefined;
  replaySecond?: number | null | undefined;
  liveAt?: number | null | undefined;
  answeredAt?: number | null | undefined;
  answer?: string | null | undefined;
  answeredBy?: string | null | undefined;
}

/** What a room is told: everything that changed since a version. */
export interface QuestionsTold {
  version: number;
  since: number;
  closed: boolean;
  moderated: boolean;
  held: number;
  questions: readonly Question[];
  votes: Readonly<Record<string, number>>;
  gone: readonly string[];
}

export interface Board {
  version: number;
  closed: boolean;
  moderated: boolean;
  held: number;
  questions: ReadonlyMap<string, Question>;
}

/** The board after what was told; undefined when something between was lost and it has to be asked for. */
export function apply(board: Board, told: QuestionsTold): Board | undefined {
  if (told.version <= board.version) return board;
  if (told.since > board.version) return undefined;
  const questions = new Map(board.questions);
  for (const question of told.questions) questions.set(question.id, question);
  for (const [id, votes] of Object.entries(told.votes)) {
    const known = questions.get(id);
    if (known) questions.set(id, { ...known, votes });
  }
  for (const id of told.gone) questions.delete(id);
  const { version, closed, moderated, held } = told;
  return { version, closed, moderated, held, questions };
}

/** So many wait for an answer. */
export function waitingIn(board: Board | undefined): number {
  return [...(board?.questions.values() ?? [])].filter(({ state }) => state === "open").length;
}

export type Sorting = "votes" | "newest";
export type Shown = "open" | "answered" | "held";

/** What a list shows, in its order: on stage first, then by votes or by time; what the speakers have put in an order before the rest. */
export function listed(board: Board, sorting: Sorting, shown: Shown, own: ReadonlySet<string>): Question[] {
  const all = [...board.questions.values()].filter(({ id, state }) =>
    shown === "open"
      ? state === "open" || state === "live" || (state === "held" && own.has(id))
      : shown === "answered"
        ? state === "answered"
        : state === "held" || state === "dismissed",
  );
  const byTime = (one: Question, other: Question) => other.at - one.at;
  if (shown !== "open") return all.sort(byTime);
  return all.sort(
    (one, other) =>
      Number(other.state === "live") - Number(one.state === "live") ||
      (sorting === "votes" ? (one.place ?? 1_000) - (other.place ?? 1_000) || other.votes - one.votes : 0) ||
      byTime(one, other),
  );
}

const COMMON = 4;

/** A question that asks about the same: it shares most of its longer words. */
export function closeTo(text: string, board: Board): Question | undefined {
  const words = wordsOf(text);
  if (words.size < 2) return undefined;
  let best: Question | undefined;
  let most = 0.5;
  for (const question of board.questions.values()) {
    if (question.state !== "open" && question.state !== "live") continue;
    const theirs = wordsOf(question.text);
    const shared = [...words].filter((word) => theirs.has(word)).length;
    const share = shared / Math.min(words.size, theirs.size || 1);
    if (shared >= 2 && share > most) [best, most] = [question, share];
  }
  return best;
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(
    text
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word.length >= COMMON),
  );
}
