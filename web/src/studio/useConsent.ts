import { useState } from "react";
import { ConsentToRecordingDocument } from "../gql/graphql.ts";
import { refusalOf } from "../platform/graph/refusal.ts";
import { send } from "../platform/graph/send.ts";

interface Consent {
  pending: boolean;
  /** Why it could not be kept. */
  refusal: string | undefined;
  /** Agrees, and goes on once the server has it. */
  give: () => void;
}

/** Going backstage is agreeing to be seen, heard and recorded when on stage; the server keeps it before anything else happens. */
export function useConsent(
  room: { id: string; stage?: { viewerConsented: boolean } | null },
  onGiven: () => void,
): Consent {
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const give = async () => {
    if (room.stage?.viewerConsented) {
      onGiven();
      return;
    }
    setPending(true);
    setRefusal(undefined);
    try {
      await send(ConsentToRecordingDocument, { room: room.id });
      onGiven();
    } catch (error) {
      setRefusal(refusalOf(error).message);
    } finally {
      setPending(false);
    }
  };
  return { pending, refusal, give: () => void give() };
}
