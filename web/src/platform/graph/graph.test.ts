import { CombinedError } from "urql";
import { describe, expect, it, vi } from "vitest";
import { LandingDocument, RegisterDocument } from "../../gql/graphql.ts";
import { createGraphClient } from "./client.ts";
import { RefusalError, refusalOf } from "./refusal.ts";
import { send } from "./send.ts";

function answering(body: unknown) {
  return vi.fn<typeof fetch>(() => Promise.resolve(Response.json(body)));
}

function sentBy(fetched: ReturnType<typeof answering>): unknown {
  return JSON.parse(String(fetched.mock.calls[0]?.[1]?.body));
}

describe("what the browser sends", () => {
  it("is only the id of a document, from the page cache's client", async () => {
    const fetched = answering({ data: { event: null } });
    await createGraphClient(fetched).query(LandingDocument, { slug: "groundwork" }).toPromise();
    expect(sentBy(fetched)).toEqual({ documentId: LandingDocument.documentId, variables: { slug: "groundwork" } });
    expect(LandingDocument.documentId).toMatch(/^[0-9a-f]{64}$/);
  });

  it("is only the id of a document, from a single call", async () => {
    const fetched = answering({ data: { event: null } });
    vi.stubGlobal("fetch", fetched);
    await send(LandingDocument, { slug: "groundwork" });
    expect(sentBy(fetched)).toEqual({ documentId: LandingDocument.documentId, variables: { slug: "groundwork" } });
  });
});

describe("a refusal", () => {
  const soldOut = { message: "Every place is taken.", extensions: { code: "sold-out", field: "ticketType" } };

  it("keeps its code, sentence and field in a single call", async () => {
    vi.stubGlobal("fetch", answering({ errors: [soldOut], data: null }));
    const input = { event: "e", ticketType: "t", name: "Marta", email: "marta@lodz.example" };
    const failure = await send(RegisterDocument, { input }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(RefusalError);
    expect(refusalOf(failure)).toEqual({ code: "sold-out", message: "Every place is taken.", field: "ticketType" });
  });

  it("keeps its code, sentence and field through the page cache's client", () => {
    const error = new CombinedError({ graphQLErrors: [soldOut] });
    expect(refusalOf(error)).toEqual({ code: "sold-out", message: "Every place is taken.", field: "ticketType" });
  });

  it("says the server cannot be reached when nothing answers", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
    const failure = await send(LandingDocument, { slug: "x" }).catch((error: unknown) => error);
    expect(refusalOf(failure).code).toBe("offline");
    expect(refusalOf(new CombinedError({ networkError: new TypeError("Failed to fetch") })).code).toBe("offline");
  });

  it("never shows the words of a fault without a code", () => {
    const fault = new CombinedError({ graphQLErrors: [{ message: "SQLite Error 19: UNIQUE constraint failed" }] });
    expect(refusalOf(fault).code).toBe("unknown");
    expect(refusalOf(fault).message).not.toContain("SQLite");
    expect(refusalOf(new Error("undefined is not a function")).message).not.toContain("undefined");
  });

  it("is read from an answer that is not JSON as a fault of ours", async () => {
    vi.stubGlobal("fetch", () => Promise.resolve(new Response("<html>Bad gateway</html>", { status: 502 })));
    const failure = await send(LandingDocument, { slug: "x" }).catch((error: unknown) => error);
    expect(refusalOf(failure).code).toBe("unknown");
  });
});
