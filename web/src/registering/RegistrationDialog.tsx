import { useState } from "react";
import type { LandingEvent } from "../events/event.ts";
import type { LandingQuery, RegisterMutation } from "../gql/graphql.ts";
import { Dialog } from "../platform/components/Dialog.tsx";
import { Registered } from "./Registered.tsx";
import { type Booking, RegistrationForm } from "./RegistrationForm.tsx";
import { ResendForm } from "./ResendForm.tsx";
import { useText } from "./text.ts";
import "./registering.css";

interface RegistrationDialogProps {
  event: LandingEvent;
  viewer: LandingQuery["viewer"];
  ticket: string | undefined;
  /** Registering, or asking for the link once more. */
  start: "register" | "resend";
  goTo: string | undefined;
  /** Mail stays on this machine, in the mailbox. */
  mailbox: boolean;
  onRegistered: () => Promise<void>;
  onClose: () => void;
}

/** Registration over the landing page: a sheet on a phone. */
export default function RegistrationDialog(props: RegistrationDialogProps) {
  const { event, viewer, ticket, start, goTo, mailbox, onRegistered, onClose } = props;
  const { t } = useText();
  const [reply, setReply] = useState<{ register: RegisterMutation["register"]; booked: Booking }>();

  if (reply)
    return (
      <Dialog open wide kind="sheet" title={reply.register.registration ? t("done") : t("checkMail")} onClose={onClose}>
        <Registered event={event} goTo={reply.register.registration ? goTo : undefined} mailbox={mailbox} {...reply} />
      </Dialog>
    );
  if (start === "resend")
    return (
      <Dialog open kind="sheet" title={t("resendTitle")} onClose={onClose}>
        <ResendForm event={event.id} email={viewer?.email ?? ""} />
      </Dialog>
    );
  return (
    <Dialog open kind="sheet" title={t("registerFor", { event: event.name })} onClose={onClose}>
      <RegistrationForm
        event={event}
        viewer={viewer}
        ticket={ticket}
        onReply={(register, booked) => {
          setReply({ register, booked });
          void onRegistered();
        }}
      />
    </Dialog>
  );
}
