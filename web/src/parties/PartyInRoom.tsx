import "../studio/guest/guest.css";
import "./invitation.css";
import { lazy, Suspense, useCallback, useEffect, useState } from "react";
import { Link, useLocation } from "wouter";
import { useOnReturn, useTold } from "../attend/index.ts";
import { MayStartPartyDocument, PartyInRoomDocument, StartPartyDocument } from "../gql/graphql.ts";
import { Icon } from "../platform/components/index.ts";
import { refusalOf } from "../platform/graph/refusal.ts";
import { send } from "../platform/graph/send.ts";
import type { RoomOfPage } from "../rooms/RoomPage.tsx";
import { answered } from "./answered.ts";
import { Invitation } from "./Invitation.tsx";
import { newer, type PartyNow } from "./party.ts";
import type { StartSettings } from "./StartDialog.tsx";
import { useText } from "./text.ts";
import { partyOf } from "./useParty.ts";

const StartDialog = lazy(() => import("./StartDialog.tsx"));
/** Who is in the room and not at the party is told when it begins; how far it is, is asked now and then. */
const LOOK_MS = 20_000;

/** The party in the room, as who is in the room sees it: asked in, or on the way; and the way to start one. */
export default function PartyInRoom({ room }: { room: RoomOfPage }) {
  const { t } = useText();
  const party = usePartyOf(room);
  const mayStart = useMayStart(room);
  const [, go] = useLocation();
  const [declined, setDeclined] = useState<string>();
  const [starting, setStarting] = useState(false);
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const href = party && `/e/${room.event.slug}/party/${party.id}`;
  const start = async ({ mode, by, ...settings }: StartSettings) => {
    setPending(true);
    setRefusal(undefined);
    try {
      const { startParty } = await send(StartPartyDocument, {
        room: room.id,
        settings: {
          ...settings,
          groups: settings.groups ?? null,
          mode: mode === "everyone" ? "EVERYONE" : "GROUPS",
          tickets: mode === "tickets",
          by: by === "different" ? "DIFFERENT" : "SHARED",
        },
      });
      go(`/e/${room.event.slug}/party/${startParty.id}`);
    } catch (error) {
      setRefusal(refusalOf(error).message);
    } finally {
      setPending(false);
    }
  };
  return (
    <>
      {href ? (
        <Link className="tool party-on" href={href} data-testid="party-tool">
          <Icon name="party" />
          {t("invite.tool")}
        </Link>
      ) : (
        mayStart && (
          <button type="button" className="tool" onClick={() => setStarting(true)}>
            <Icon name="party" />
            {t("start.tool")}
          </button>
        )
      )}
      {party && href && declined !== party.id && !answered.has(party.id) && (
        <Invitation
          party={party}
          href={href}
          onDecline={() => {
            answered.add(party.id);
            setDeclined(party.id);
          }}
        />
      )}
      {starting && (
        <Suspense fallback={null}>
          <StartDialog
            open
            event={room.event.slug}
            pending={pending}
            refusal={refusal}
            onStart={(settings) => void start(settings)}
            onClose={() => setStarting(false)}
          />
        </Suspense>
      )}
    </>
  );
}

/** The party that goes on in the room. */
function usePartyOf(room: RoomOfPage): PartyNow | undefined {
  const [party, setParty] = useState<PartyNow>();
  const take = useCallback((now: PartyNow | undefined) => {
    setParty((known) => (!now || now.phase === "over" ? undefined : known?.id === now.id ? newer(known, now) : now));
  }, []);
  const look = useCallback(async () => {
    const answer = await send(PartyInRoomDocument, { room: room.id }).catch(() => undefined);
    if (answer) take(answer.partyOf ? partyOf(answer.partyOf) : undefined);
  }, [room.id, take]);
  useTold<PartyNow>(room.event.id, "party", (told) => told.room === room.id && take(told));
  useOnReturn(room.event.id, () => void look());
  const on = party !== undefined;
  useEffect(() => {
    if (!on) return;
    const timer = setInterval(() => void look(), LOOK_MS);
    return () => clearInterval(timer);
  }, [on, look]);
  return party;
}

function useMayStart({ slug, event }: RoomOfPage): boolean {
  const [may, setMay] = useState(false);
  useEffect(() => {
    let over = false;
    send(MayStartPartyDocument, { event: event.slug, slug })
      .then(({ room }) => over || setMay(room?.viewerMayStartParty ?? false))
      .catch(() => undefined);
    return () => {
      over = true;
    };
  }, [event.slug, slug]);
  return may;
}
