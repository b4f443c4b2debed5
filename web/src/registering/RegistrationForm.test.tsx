import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { LandingEvent } from "../events/event.ts";
import { RegisterDocument } from "../gql/graphql.ts";
import { RegistrationForm } from "./RegistrationForm.tsx";

const event = {
  id: "event",
  slug: "groundwork",
  name: "Groundwork 2027",
  ticketTypes: [{ id: "both", name: "Both days", description: "", capacity: 10, remaining: 3 }],
} as unknown as LandingEvent;

function show(answer: unknown) {
  const fetched = vi.fn((_: string, _init: RequestInit) => Promise.resolve(Response.json(answer)));
  vi.stubGlobal("fetch", fetched);
  const onReply = vi.fn();
  render(<RegistrationForm event={event} viewer={null} ticket="both" onReply={onReply} />);
  return { fetched, onReply };
}

async function fill(name: string, email: string) {
  const person = userEvent.setup({ delay: null });
  if (name) await person.type(screen.getByLabelText("Name"), name);
  if (email) await person.type(screen.getByLabelText("Email"), email);
  await person.click(screen.getByRole("button", { name: "Register" }));
}

afterEach(() => vi.unstubAllGlobals());

describe("registering", () => {
  it("sends the ticket, the person and their zone", async () => {
    const register = { message: "Sent", registration: null };
    const { fetched, onReply } = show({ data: { register } });
    await fill("Marta Kowalska", " marta@lodz.example ");
    await vi.waitFor(() => expect(onReply).toHaveBeenCalled(), 10_000);
    expect(onReply).toHaveBeenCalledWith(register, {
      name: "Marta Kowalska",
      email: "marta@lodz.example",
      ticket: "Both days",
    });
    const body = JSON.parse(String(fetched.mock.calls[0]?.[1].body)) as { documentId: string; variables: unknown };
    expect(body.documentId).toBe(RegisterDocument.documentId);
    expect(body.variables).toMatchObject({
      input: { event: "event", ticketType: "both", name: "Marta Kowalska", email: "marta@lodz.example" },
    });
  });

  it("asks for what is missing before it sends, and says it at the field", async () => {
    const { fetched } = show({});
    await fill("Marta", "marta");
    const email = screen.getByLabelText("Email");
    expect(email.getAttribute("aria-invalid")).toBe("true");
    expect(screen.getByRole("alert").textContent).toContain("email address");
    expect(fetched).not.toHaveBeenCalled();
  });

  it("shows a refusal at its field and keeps what was written", async () => {
    show({
      errors: [{ message: "That domain takes no mail.", extensions: { code: "invalid-input", field: "email" } }],
    });
    await fill("Marta", "marta@lodz.example");
    await screen.findByText("That domain takes no mail.");
    expect(screen.getByLabelText<HTMLInputElement>("Email").value).toBe("marta@lodz.example");
    expect(screen.getByLabelText<HTMLInputElement>("Name").value).toBe("Marta");
  });

  it("shows a refusal of the whole above the button, and may be tried again", async () => {
    show({ errors: [{ message: "Every place is taken.", extensions: { code: "sold-out" } }] });
    await fill("Marta", "marta@lodz.example");
    await screen.findByText("Every place is taken.");
    expect(screen.getByRole("button", { name: "Register" }).getAttribute("data-pending")).toBeNull();
  });
});
