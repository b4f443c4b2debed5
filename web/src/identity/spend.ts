import { type Refusal, refusalOf } from "../platform/graph/refusal.ts";

const spent = new Map<string, Promise<{ goTo: string } | { refusal: Refusal }>>();

/** Spends a link exactly once per page view, however often React mounts the page. */
export function spend(token: string, use: (token: string) => Promise<string>) {
  let outcome = spent.get(token);
  if (!outcome) {
    outcome = use(token).then(
      (goTo) => ({ goTo }),
      (error: unknown) => ({ refusal: refusalOf(error) }),
    );
    spent.set(token, outcome);
  }
  return outcome;
}
