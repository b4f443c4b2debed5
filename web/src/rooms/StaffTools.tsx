import { type ReactNode, useState } from "react";
import { AnnounceDocument, MoveEveryoneDocument } from "../gql/graphql.ts";
import { ModerationTools } from "../moderation/ModerationTools.tsx";
import { Button, Dialog, FormError, Icon, SelectField, TextField, useToast } from "../platform/components/index.ts";
import { refusalOf } from "../platform/graph/refusal.ts";
import { send } from "../platform/graph/send.ts";
import type { RoomOfPage } from "./RoomPage.tsx";
import { useText } from "./text.ts";
import type { You } from "./wire.ts";

const STAFF: ReadonlySet<string> = new Set(["organizer", "producer", "moderator"]);
const LONGEST = 280;
const COUNTDOWNS = [5, 15, 30, 60] as const;
const MINUTES = [2, 5, 15, 60] as const;

/** Of the staff of the event. */
export function isStaff(you: You | undefined): boolean {
  return !!you && STAFF.has(you.role);
}

/** What the staff does for everybody in a room: say something, and bring them somewhere else. */
export function StaffTools({ room, tool, children }: { room: RoomOfPage; tool?: boolean; children?: ReactNode }) {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  return (
    <>
      {tool ? (
        <button type="button" className="tool hide-s" onClick={() => setOpen(true)}>
          <Icon name="bell" />
          {t("staff.tools")}
        </button>
      ) : (
        <Button variant="line" size="sm" aria-label={t("staff.title")} onClick={() => setOpen(true)}>
          <Icon name="bell" size="sm" />
          <span className="hide-s">{t("staff.tools")}</span>
        </Button>
      )}
      <Dialog open={open} onClose={() => setOpen(false)} title={t("staff.title")} kind="sheet">
        <div className="stack">
          <Announce room={room} onDone={() => setOpen(false)} />
          <Move room={room} onDone={() => setOpen(false)} />
          <ModerationTools room={room} />
          {children}
        </div>
      </Dialog>
    </>
  );
}

function useTry(onDone: () => void, done: string) {
  const toast = useToast();
  const [pending, setPending] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const run = async (act: () => Promise<unknown>) => {
    setPending(true);
    setRefusal(undefined);
    try {
      await act();
      toast({ text: done });
      onDone();
    } catch (error) {
      setRefusal(refusalOf(error).message);
    } finally {
      setPending(false);
    }
  };
  return { run, pending, refusal };
}

function Announce({ room, onDone }: { room: RoomOfPage; onDone: () => void }) {
  const { t } = useText();
  const [text, setText] = useState("");
  const [everywhere, setEverywhere] = useState(true);
  const [minutes, setMinutes] = useState(5);
  const { run, pending, refusal } = useTry(onDone, t("announcement.sent"));
  const scope = everywhere ? { event: room.event.id } : { room: room.id };
  return (
    <form
      className="stack form-stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim()) void run(() => send(AnnounceDocument, { ...scope, text: text.trim(), minutes }));
      }}
    >
      <TextField
        label={t("announcement.label")}
        hint={t("announcement.hint")}
        value={text}
        maxLength={LONGEST}
        autoComplete="off"
        onChange={(change) => setText(change.target.value)}
      />
      <div className="row wrap">
        <SelectField
          label={t("announcement.to")}
          value={everywhere ? "event" : "room"}
          onChange={(change) => setEverywhere(change.target.value === "event")}
        >
          <option value="event">{t("announcement.everywhere")}</option>
          <option value="room">{t("announcement.here", { room: room.name })}</option>
        </SelectField>
        <SelectField
          label={t("announcement.minutes")}
          value={minutes}
          onChange={(change) => setMinutes(Number(change.target.value))}
        >
          {MINUTES.map((one) => (
            <option key={one} value={one}>
              {t("announcement.forMinutes", { count: one })}
            </option>
          ))}
        </SelectField>
      </div>
      {refusal && <FormError>{refusal}</FormError>}
      <Button variant="primary" type="submit" pending={pending} disabled={!text.trim()}>
        {t("announcement.send")}
      </Button>
    </form>
  );
}

function Move({ room, onDone }: { room: RoomOfPage; onDone: () => void }) {
  const { t } = useText();
  const rooms = room.event.rooms.filter((other) => other.id !== room.id && other.kind !== "BACKSTAGE");
  const [to, setTo] = useState(rooms.find(({ kind }) => kind === "STAGE")?.id ?? rooms[0]?.id ?? "");
  const [inSeconds, setSeconds] = useState(15);
  const { run, pending, refusal } = useTry(onDone, t("move.sent"));
  if (rooms.length === 0) return null;
  return (
    <form
      className="stack form-stack"
      onSubmit={(event) => {
        event.preventDefault();
        void run(() => send(MoveEveryoneDocument, { from: room.id, to, inSeconds }));
      }}
    >
      <div className="row wrap">
        <SelectField label={t("move.label")} value={to} onChange={(change) => setTo(change.target.value)}>
          {rooms.map((other) => (
            <option key={other.id} value={other.id}>
              {other.name}
            </option>
          ))}
        </SelectField>
        <SelectField
          label={t("move.countdown")}
          value={inSeconds}
          onChange={(change) => setSeconds(Number(change.target.value))}
        >
          {COUNTDOWNS.map((one) => (
            <option key={one} value={one}>
              {t("move.seconds", { count: one })}
            </option>
          ))}
        </SelectField>
      </div>
      {refusal && <FormError>{refusal}</FormError>}
      <Button variant="line" type="submit" pending={pending}>
        {t("move.action")}
      </Button>
    </form>
  );
}
