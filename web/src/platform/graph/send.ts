import type { PersistedDocument } from "../../gql/graphql.ts";
import { RefusalError, refusalOf, refusalOfErrors } from "./refusal.ts";

interface Answer<Result> {
  data?: Result | null;
  errors?: { message: string; extensions?: Record<string, unknown> }[];
}

/**
 * Asks the server once, by the id of a registered document: what the landing page and one-off calls need, without a
 * cache. Throws {@link RefusalError} when the server refuses or cannot be reached.
 */
export async function send<Result, Variables>(
  document: PersistedDocument<Result, Variables>,
  variables: Variables,
): Promise<Result> {
  let answer: Answer<Result>;
  try {
    const response = await fetch("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ documentId: document.documentId, variables }),
    });
    answer = (await response.json()) as Answer<Result>;
  } catch (error) {
    throw new RefusalError(refusalOf(error instanceof SyntaxError ? undefined : error));
  }
  if (answer.errors?.length) throw new RefusalError(refusalOfErrors(answer.errors));
  if (!answer.data) throw new RefusalError(refusalOf(answer));
  return answer.data;
}
