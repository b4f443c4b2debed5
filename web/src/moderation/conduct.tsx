import { useCallback, useEffect, useState } from "react";
import { AppealDocument, ConductDocument, type RestrictionPartsFragment } from "../gql/graphql.ts";
import { Button, Dialog, TextAreaField } from "../platform/components/index.ts";
import { send } from "../platform/graph/send.ts";
import { formatMoment } from "../platform/time/format.ts";
import { useText } from "./text.ts";
import { useAct } from "./useAct.ts";

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** What holds against the viewer at an event now. */
export function useConduct(event: string | undefined): {
  mine: readonly RestrictionPartsFragment[];
  refresh: () => void;
} {
  const [mine, setMine] = useState<readonly RestrictionPartsFragment[]>([]);
  const refresh = useCallback(() => {
    if (!event) return;
    send(ConductDocument, { event }).then(
      ({ conduct }) => setMine(conduct),
      () => undefined, // Asked again with the next connection.
    );
  }, [event]);
  useEffect(refresh, [refresh]);
  return { mine, refresh };
}

/** What was decided, until when, why, and what was said about it. */
export function Words({ restriction }: { restriction: RestrictionPartsFragment }) {
  const { t } = useText();
  const { kind, until, reason, roomName, appeal, answer } = restriction;
  return (
    <p className="grow">
      {t(`own.${kind}`, { room: roomName ?? "" })} {until && t("own.until", { time: formatMoment(until, zone) })}{" "}
      {reason && t("own.reason", { reason })}
      {appeal && <span className="small muted block">{t("own.sent", { note: appeal })}</span>}
      {appeal && (
        <span className="small block" dir="auto">
          {answer ? t("own.answer", { answer }) : t("own.waits")}
        </span>
      )}
    </p>
  );
}

/** Writing to the organizers about it, once. */
export function AppealButton({ restriction, onDone }: { restriction: RestrictionPartsFragment; onDone: () => void }) {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  const [note, setNote] = useState("");
  const { run, pending } = useAct(() => {
    setOpen(false);
    onDone();
  });
  if (restriction.appeal) return null;
  return (
    <>
      <Button variant="line" size="sm" onClick={() => setOpen(true)}>
        {t("own.appeal")}
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={t("own.appeal")}
        actions={
          <Button
            variant="primary"
            pending={pending}
            disabled={!note.trim()}
            onClick={() => void run(() => send(AppealDocument, { restriction: restriction.id, note }))}
          >
            {t("own.send")}
          </Button>
        }
      >
        <TextAreaField
          label={t("own.note")}
          hint={t("own.noteHint")}
          rows={4}
          maxLength={1000}
          value={note}
          onChange={(change) => setNote(change.target.value)}
        />
      </Dialog>
    </>
  );
}
