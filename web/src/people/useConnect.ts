import { useState } from "react";
import { useMutation } from "urql";
import { ConnectDocument, type ConnectState, DisconnectDocument } from "../gql/graphql.ts";
import { useToast } from "../platform/components/Toast.tsx";
import { refusalOf } from "../platform/graph/refusal.ts";
import { useText } from "./text.ts";

/** How the viewer stands with somebody, and how to change it. What the server last answered counts before what the list said. */
export function useConnect(event: string, person: { id: string; name: string }, listed: ConnectState) {
  const { t } = useText();
  const toast = useToast();
  const [connecting, connect] = useMutation(ConnectDocument);
  const [leaving, disconnect] = useMutation(DisconnectDocument);
  const [changed, setChanged] = useState<{ from: ConnectState; to: ConnectState }>();
  const state = changed?.from === listed ? changed.to : listed;
  const ask = async () => {
    const { data, error } = await connect({ event, person: person.id });
    if (error) return toast({ text: refusalOf(error).message, icon: "warn" });
    const to = data?.connect?.connected ?? "ASKED";
    setChanged({ from: listed, to });
    if (to === "MUTUAL") toast({ text: t("connect.mutual", { name: person.name }), icon: "match" });
  };
  const takeBack = async () => {
    const { error } = await disconnect({ event, person: person.id });
    if (error) return toast({ text: refusalOf(error).message, icon: "warn" });
    setChanged({ from: listed, to: "NONE" });
    if (state === "MUTUAL") toast({ text: t("connect.ended") });
  };
  return { state, pending: connecting.fetching || leaving.fetching, ask, takeBack };
}
