import { useCallback, useState } from "react";
import { type AnyVariables, useMutation } from "urql";
import type { PersistedDocument } from "../gql/graphql.ts";
import { type Refusal, refusalOf } from "../platform/graph/refusal.ts";

export interface Action<Result, Variables> {
  /** Answers the result, or undefined when the server refused; then `refusal` says why. */
  run: (variables: Variables) => Promise<Result | undefined>;
  pending: boolean;
  refusal: Refusal | undefined;
  /** Forgets the refusal, e.g. when the person starts mending it. */
  clear: () => void;
}

/**
 * A change on the server. Answers that hold one of `changes` are asked again afterwards, so a removal, whose answer
 * names no type, refreshes the page as well.
 */
export function useAction<Result, Variables extends AnyVariables>(
  document: PersistedDocument<Result, Variables>,
  changes: "Event" | "Organization" | "Viewer" = "Event",
): Action<Result, Variables> {
  const [{ fetching }, execute] = useMutation<Result, Variables>(document);
  const [refusal, setRefusal] = useState<Refusal>();
  const run = useCallback(
    async (variables: Variables) => {
      setRefusal(undefined);
      const { data, error } = await execute(variables, { additionalTypenames: [changes] });
      if (!error && data) return data;
      setRefusal(refusalOf(error));
      return undefined;
    },
    [execute, changes],
  );
  const clear = useCallback(() => setRefusal(undefined), []);
  return { run, pending: fetching, refusal, clear };
}

/** The sentence for a field: our own check first, else the server's when it is about that field. */
export function fieldError<F extends string>(own: string | undefined, refusal: Refusal | undefined, ...fields: F[]) {
  if (own) return own;
  return refusal?.field && (fields as string[]).includes(refusal.field) ? refusal.message : undefined;
}

/** A refusal that no field of the form shows, for the line above its buttons. */
export function formError(refusal: Refusal | undefined, fields: readonly string[]): string | undefined {
  return refusal && !(refusal.field && fields.includes(refusal.field)) ? refusal.message : undefined;
}
