/** A raised hand, as its owner sees it. */
export interface Hand {
  state: "RAISED" | "ASKED" | "ACCEPTED";
  /** Who asked them to come. */
  by?: string | null | undefined;
  /** What they are asked to say, such as their question. */
  text?: string | null | undefined;
}

const STATES = ["RAISED", "ASKED", "ACCEPTED"] as const;

/** What the server tells its owner about a hand; undefined when it is down. */
export function handTold(data: string): Hand | undefined {
  let told: { state?: unknown; by?: unknown; text?: unknown };
  try {
    told = JSON.parse(data) as typeof told;
  } catch {
    return undefined;
  }
  const state = STATES.find((one) => one === String(told.state).toUpperCase());
  const words = (value: unknown) => (typeof value === "string" ? value : undefined);
  return state && { state, by: words(told.by), text: words(told.text) };
}
