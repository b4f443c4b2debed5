import { useEffect } from "react";
import { useLocation, useParams } from "wouter";
import { entrance } from "../events/event.ts";
import { EntranceDocument } from "../gql/graphql.ts";
import { send } from "../platform/graph/send.ts";
import { useText } from "./text.ts";

/** Where a personal link leads: straight into the room where something is on. Whatever goes wrong, the event's page says it. */
export default function EntrancePage() {
  const { t } = useText();
  const { slug } = useParams<{ slug: string }>();
  const [, navigate] = useLocation();
  useEffect(() => {
    let here = true;
    const page = `/e/${slug}`;
    send(EntranceDocument, { slug }).then(
      ({ event }) => {
        const room =
          event?.status === "PUBLISHED" || event?.status === "DRAFT" ? entrance(event, new Date()) : undefined;
        if (here) navigate(room ?? page, { replace: true });
      },
      () => {
        if (here) navigate(page, { replace: true });
      },
    );
    return () => {
      here = false;
    };
  }, [slug, navigate]);
  return (
    <main id="main" className="room-page" data-mood="room" data-theme="dark" aria-busy="true">
      <p className="sr" role="status">
        {t("loading")}
      </p>
    </main>
  );
}
