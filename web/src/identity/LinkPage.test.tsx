import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { StrictMode } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Route, Router } from "wouter";
import { memoryLocation } from "wouter/memory-location";
import { RequestSignInDocument, UseSignInLinkDocument } from "../gql/graphql.ts";
import AppFrame from "../platform/shell/AppFrame.tsx";
import SignInLinkPage from "./SignInLinkPage.tsx";

function open(token: string) {
  const { hook } = memoryLocation({ path: `/sign-in/link/${token}` });
  render(
    <StrictMode>
      <AppFrame>
        <Router hook={hook}>
          <Route path="/sign-in/link/:token">
            <SignInLinkPage />
          </Route>
        </Router>
      </AppFrame>
    </StrictMode>,
  );
}

const installation = { data: { viewer: null, installation: { mailbox: false, demo: false, claimed: true } } };

/** Answers by document and keeps what was sent. */
function server(answers: Record<string, unknown>) {
  const sent: { documentId: string; variables: Record<string, unknown> }[] = [];
  vi.stubGlobal("fetch", (_: string, init: RequestInit) => {
    const body = JSON.parse(String(init.body)) as (typeof sent)[number];
    sent.push(body);
    return Promise.resolve(Response.json(answers[body.documentId] ?? installation));
  });
  return sent;
}

afterEach(() => vi.unstubAllGlobals());

describe("a mailed link", () => {
  it("is spent once and leads where the server says", async () => {
    const assign = vi.spyOn(location, "assign").mockImplementation(() => undefined);
    const sent = server({
      [UseSignInLinkDocument.documentId]: { data: { useSignInLink: { goTo: "/organize" } } },
    });
    open("good");
    await vi.waitFor(() => expect(assign).toHaveBeenCalledWith("/organize"), 10_000);
    expect(sent.filter((s) => s.documentId === UseSignInLinkDocument.documentId)).toEqual([
      { documentId: UseSignInLinkDocument.documentId, variables: { token: "good" } },
    ]);
  });

  it("says why it does not work, and sends a new one", async () => {
    const sent = server({
      [UseSignInLinkDocument.documentId]: {
        errors: [{ message: "This link was used already.", extensions: { code: "link-spent" } }],
      },
      [RequestSignInDocument.documentId]: { data: { requestSignIn: true } },
    });
    open("spent");
    await screen.findByText("This link was used already.");
    const person = userEvent.setup({ delay: null });
    await person.type(screen.getByLabelText("Email"), "marta@lodz.example");
    await person.click(screen.getByRole("button", { name: "Send me a new link" }));
    await screen.findByText(/marta@lodz\.example/);
    expect(sent.at(-1)?.variables).toEqual({ email: "marta@lodz.example", returnTo: "/" });
  });
});
