import { useEffect, useRef, useState } from "react";
import { useLocation } from "wouter";
import { useAttendance, useTold } from "../attend/index.ts";
import { RingDocument } from "../gql/graphql.ts";
import { Button } from "../platform/components/Button.tsx";
import { Dialog } from "../platform/components/Dialog.tsx";
import { Icon } from "../platform/components/Icon.tsx";
import { send } from "../platform/graph/send.ts";
import { useText } from "./text.ts";

/** Whoever rings says so every few seconds; when they stop, it stops. */
const RINGS_MS = 13_000;

export interface ToldRing {
  conversation: string;
  person: string;
  name: string;
  state: "ringing" | "declined" | "ended";
}

interface RingsProps {
  event: { id: string; slug: string };
  /** The conversation whose call we are in. */
  busy?: string | undefined;
}

/** Somebody calls: shown on every page that attends the event and has this. */
export function Rings({ event, busy }: RingsProps) {
  const { t } = useText();
  const [, navigate] = useLocation();
  const { person: me } = useAttendance(event.id);
  const [ring, setRing] = useState<ToldRing>();
  const refused = useRef(new Map<string, number>());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useTold<ToldRing>(event.id, "ring", (told) => {
    if (told.state !== "ringing") {
      // Answered or refused in another window of ours, or given up over there.
      if (told.conversation === ring?.conversation && (told.person === ring.person || told.person === me)) {
        setRing(undefined);
      }
      return;
    }
    if (told.person === me || told.conversation === busy) return;
    if (Date.now() - (refused.current.get(told.conversation) ?? 0) < RINGS_MS) return;
    setRing(told);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setRing(undefined), RINGS_MS);
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  if (!ring) return null;
  const decline = () => {
    refused.current.set(ring.conversation, Date.now());
    setRing(undefined);
    void send(RingDocument, { conversation: ring.conversation, state: "DECLINED" }).catch(() => undefined);
  };
  return (
    <Dialog
      open
      onClose={decline}
      title={t("ring", { name: ring.name })}
      actions={
        <>
          <Button variant="quiet" onClick={decline}>
            {t("decline")}
          </Button>
          <Button
            variant="primary"
            onClick={() => {
              setRing(undefined);
              navigate(`/e/${event.slug}/messages?c=${ring.conversation}&call=answer`);
            }}
          >
            <Icon name="cam" size="sm" />
            {t("answer")}
          </Button>
        </>
      }
    >
      <p>{t("ringText")}</p>
    </Dialog>
  );
}
