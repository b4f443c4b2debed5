import { useCallback, useEffect, useState } from "react";
import { useOnReturn, useTold } from "../attend/index.ts";
import { AnnouncedDocument, type AnnouncedQuery, WithdrawAnnouncementDocument } from "../gql/graphql.ts";
import type { DeskEvent } from "../organize/desk.ts";
import { Button, Icon, useToast } from "../platform/components/index.ts";
import { refusalOf } from "../platform/graph/refusal.ts";
import { send } from "../platform/graph/send.ts";
import { formatTime } from "../platform/time/format.ts";
import { useNow } from "../rooms/time.ts";
import { useText } from "./text.ts";

/** Those for one room are not told to this page. */
const LOOK_AGAIN_MS = 20_000;

/** What everybody is shown now, to be taken back. */
export function Announced({ event }: { event: DeskEvent }) {
  const { t } = useText();
  const toast = useToast();
  const now = useNow();
  const [said, setSaid] = useState<AnnouncedQuery["announcements"]>([]);
  const refresh = useCallback(() => {
    send(AnnouncedDocument, { event: event.id }).then(
      ({ announcements }) => setSaid(announcements),
      () => undefined, // Asked again soon.
    );
  }, [event.id]);
  useTold(event.id, "notices", refresh);
  useOnReturn(event.id, refresh);
  useEffect(() => {
    const timer = setInterval(refresh, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [refresh]);
  const withdraw = (id: string) =>
    send(WithdrawAnnouncementDocument, { id }).then(refresh, (error: unknown) =>
      toast({ text: refusalOf(error).message }),
    );
  const current = said.filter(({ until }) => until > now);
  if (current.length === 0) return null;
  return (
    <section className="card show-said" aria-labelledby="show-said">
      <h2 className="h3" id="show-said">
        {t("said.title")}
      </h2>
      <ul>
        {current.map((one) => (
          <li key={one.id}>
            <Icon name="bell" />
            <div className="grow">
              <p>{one.text}</p>
              <p className="small muted">
                {t("said.by", {
                  name: one.by,
                  room: event.rooms.find(({ id }) => id === one.room)?.name ?? t("everywhere"),
                  time: formatTime(one.until, event.timeZone),
                })}
              </p>
            </div>
            <Button variant="ghost" size="sm" onClick={() => void withdraw(one.id)}>
              {t("said.withdraw")}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
