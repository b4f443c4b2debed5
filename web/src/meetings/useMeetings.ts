import { useState } from "react";
import { useMutation, useQuery } from "urql";
import { useOnReturn, useTold } from "../attend/index.ts";
import {
  AcceptMeetingDocument,
  CancelMeetingDocument,
  DeclineMeetingDocument,
  type MeetingPartsFragment,
  MeetingsDocument,
} from "../gql/graphql.ts";
import { refusalOf } from "../platform/graph/refusal.ts";

export type MyMeeting = MeetingPartsFragment;

/** What the two are told when something about their meeting changes, or its call opens. */
interface MeetingNews {
  id: string;
  state: string;
  opens: boolean;
}

export interface Meetings {
  meetings: readonly MyMeeting[];
  accept: (id: string) => Promise<void>;
  decline: (id: string) => Promise<void>;
  cancel: (id: string) => Promise<void>;
  /** Why the last of these did not work, for people. */
  refusal: string | undefined;
  again: () => void;
}

/** One's own meetings at an event, as they are. */
export function useMeetings(event: { id: string; slug: string }): Meetings {
  const [{ data }, ask] = useQuery({ query: MeetingsDocument, variables: { slug: event.slug } });
  const again = () => ask({ requestPolicy: "network-only" });
  useTold<MeetingNews>(event.id, "meetings", again);
  useOnReturn(event.id, again);
  const [, accept] = useMutation(AcceptMeetingDocument);
  const [, decline] = useMutation(DeclineMeetingDocument);
  const [, cancel] = useMutation(CancelMeetingDocument);
  const [refusal, setRefusal] = useState<string>();
  const act = (change: (of: { id: string }) => Promise<{ error?: unknown }>) => async (id: string) => {
    const { error } = await change({ id });
    setRefusal(error ? refusalOf(error).message : undefined);
    again();
  };
  return {
    meetings: data?.event?.meetings ?? [],
    accept: act(accept),
    decline: act(decline),
    cancel: act(cancel),
    refusal,
    again,
  };
}
