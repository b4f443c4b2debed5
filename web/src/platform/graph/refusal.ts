import { platformText } from "../text.ts";

/** Why the server said no: a code for programs, a sentence for people, and the input field it is about. */
export interface Refusal {
  code: string;
  message: string;
  field: string | undefined;
}

interface GraphErrorLike {
  message: string;
  extensions?: Record<string, unknown> | undefined;
}

/** A refusal thrown by `send`. */
export class RefusalError extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.name = "RefusalError";
    this.refusal = refusal;
  }
}

/** The refusal in the errors of a GraphQL answer. The first one with a code is the reason; others follow from it. */
export function refusalOfErrors(errors: readonly GraphErrorLike[]): Refusal {
  const reason = errors.find((error) => typeof error.extensions?.["code"] === "string");
  if (!reason) return { code: "unknown", message: platformText("refusal.unknown"), field: undefined };
  const field = reason.extensions?.["field"];
  return {
    code: String(reason.extensions?.["code"]),
    message: reason.message,
    field: typeof field === "string" ? field : undefined,
  };
}

/** What to tell the person about any failure: of urql, of `send`, of the hub, of a problem+json body, or of the network. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof RefusalError) return error.refusal;
  if (isCombined(error)) {
    if (error.graphQLErrors.length > 0) return refusalOfErrors(error.graphQLErrors);
    if (error.networkError) return offline();
  }
  if (isRefusal(error)) return { code: error.code, message: error.message, field: error.field };
  if (error instanceof TypeError) return offline(); // what fetch throws when nothing answers
  return refusalOfErrors([]);
}

function offline(): Refusal {
  return { code: "offline", message: platformText("refusal.offline"), field: undefined };
}

function isCombined(error: unknown): error is { graphQLErrors: GraphErrorLike[]; networkError?: Error } {
  return typeof error === "object" && error !== null && "graphQLErrors" in error && Array.isArray(error.graphQLErrors);
}

function isRefusal(error: unknown): error is Refusal {
  return (
    typeof error === "object" &&
    error !== null &&
    !(error instanceof Error) &&
    "code" in error &&
    typeof error.code === "string" &&
    "message" in error &&
    typeof error.message === "string"
  );
}
