import { useState } from "react";
import { resolveWallClock, toWallClock } from "../events/wallClock.ts";
import { ListTableDocument, RemoveTableDocument, SaveTableDocument } from "../gql/graphql.ts";
import type { DeskPageProps, DeskRoom } from "../organize/desk.ts";
import { EditDialog } from "../organize/EditDialog.tsx";
import { fieldError, formError, useAction } from "../organize/useAction.ts";
import { FormError, SelectField, TextAreaField, TextField, useToast } from "../platform/components/index.ts";
import { zoneLabel } from "../platform/time/zones.ts";
import type { FloorPerson, TableNow } from "./floor.ts";
import { LONGEST_TOPIC, SIZES } from "./StartTable.tsx";
import { useTablesText } from "./text.ts";

const OTHER = "other";

interface TableDialogProps extends DeskPageProps {
  room: DeskRoom;
  /** Undefined: a new one. */
  table: TableNow | undefined;
  onSaved: () => void;
  onClose: () => void;
}

/** A table of the organizer's: topic, seats, host, and the time and list of a roundtable. */
export function TableDialog({ event, room, table, onSaved, onClose }: TableDialogProps) {
  const { t } = useTablesText();
  const toast = useToast();
  const zone = event.timeZone;
  const [topic, setTopic] = useState(table?.topic ?? "");
  const [seats, setSeats] = useState(table?.seats ?? 6);
  const [host, setHost] = useState(table?.host?.person ?? "");
  const [email, setEmail] = useState("");
  const [round, setRound] = useState(!!table?.startsAt);
  const [startsAt, setStartsAt] = useState(toWallClock(table?.startsAt ?? new Date(event.startsAt).getTime(), zone));
  const [endsAt, setEndsAt] = useState(
    toWallClock(table?.endsAt ?? new Date(event.startsAt).getTime() + 2_700_000, zone),
  );
  const [people, setPeople] = useState("");
  const [timeMissing, setTimeMissing] = useState(false);
  const save = useAction(SaveTableDocument);
  const list = useAction(ListTableDocument);
  const remove = useAction(RemoveTableDocument);

  const submit = async () => {
    const [starts, ends] = [startsAt, endsAt].map((wall) => resolveWallClock(wall, zone)?.instant);
    const timed = starts !== undefined && ends !== undefined;
    setTimeMissing(round && !timed);
    if (round && !timed) return;
    const times =
      round && timed ? { startsAt: new Date(starts).toISOString(), endsAt: new Date(ends).toISOString() } : {};
    const chosen = host === OTHER ? email.trim() : host;
    const saved = await save.run({
      input: {
        ...(table && { id: table.id }),
        room: room.id,
        topic: topic.trim(),
        seats,
        ...(chosen && { host: chosen }),
        ...times,
      },
    });
    if (!saved) return;
    const id = table?.id ?? saved.saveTable.tables.at(-1)?.id;
    const addresses = people.split(/[\s,;]+/).filter(Boolean);
    if (round && id && addresses.length > 0 && !(await list.run({ table: id, people: addresses }))) return onSaved();
    toast({ text: t("desk.saved") });
    onSaved();
    onClose();
  };
  const drop = async () => {
    if (!table || !(await remove.run({ table: table.id }))) return;
    toast({ text: t("desk.removed") });
    onSaved();
    onClose();
  };

  const general =
    formError(save.refusal, ["topic", "seats", "host", "endsAt"]) ??
    formError(list.refusal, ["people"]) ??
    remove.refusal?.message;
  return (
    <EditDialog
      title={table ? t("desk.edit", { number: table.number }) : t("desk.new")}
      pending={save.pending || list.pending}
      onSubmit={submit}
      onRemove={table && (() => void drop())}
      onClose={onClose}
    >
      <TextField
        label={t("desk.topic")}
        hint={t("desk.topicHint")}
        value={topic}
        maxLength={LONGEST_TOPIC}
        autoComplete="off"
        error={fieldError(undefined, save.refusal, "topic")}
        onChange={(change) => setTopic(change.target.value)}
      />
      <SelectField
        label={t("desk.seats")}
        value={seats}
        error={fieldError(undefined, save.refusal, "seats")}
        onChange={(change) => setSeats(Number(change.target.value))}
      >
        {SIZES.map((size) => (
          <option key={size} value={size}>
            {size}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t("desk.host")}
        hint={t("desk.hostHint")}
        value={host}
        error={fieldError(undefined, save.refusal, "host")}
        onChange={(change) => setHost(change.target.value)}
      >
        <option value="">{t("desk.noHost")}</option>
        {hostsOf(table).map((one) => (
          <option key={one.person} value={one.person}>
            {one.name}
          </option>
        ))}
        <option value={OTHER}>{t("desk.otherHost")}</option>
      </SelectField>
      {host === OTHER && (
        <TextField
          label={t("desk.hostEmail")}
          type="email"
          value={email}
          autoComplete="off"
          onChange={(change) => setEmail(change.target.value)}
        />
      )}
      <label className="check">
        <input type="checkbox" checked={round} onChange={(change) => setRound(change.target.checked)} />
        {t("desk.roundtable")}
      </label>
      {round && (
        <>
          <TextField
            label={t("desk.startsAt")}
            type="datetime-local"
            value={startsAt}
            error={timeMissing ? t("desk.endMissing") : undefined}
            onChange={(change) => setStartsAt(change.target.value)}
          />
          <TextField
            label={t("desk.endsAt")}
            hint={t("desk.zone", { zone: zoneLabel(zone, new Date(event.startsAt)) })}
            type="datetime-local"
            value={endsAt}
            error={fieldError(undefined, save.refusal, "endsAt")}
            onChange={(change) => setEndsAt(change.target.value)}
          />
          <TextAreaField
            label={t("desk.list")}
            hint={
              table && table.list.length > 0
                ? t("desk.listKept", { names: table.list.map(({ name }) => name).join(", ") })
                : t("desk.listHint")
            }
            rows={4}
            value={people}
            error={fieldError(undefined, list.refusal, "people")}
            onChange={(change) => setPeople(change.target.value)}
          />
        </>
      )}
      {general && <FormError>{general}</FormError>}
    </EditDialog>
  );
}

/** Who may be chosen as a host here: the present one, who sits at the table, and who is on its list. */
function hostsOf(table: TableNow | undefined): FloorPerson[] {
  const all = [...(table?.host ? [table.host] : []), ...(table?.sitters ?? []), ...(table?.list ?? [])];
  return all.filter((one, at) => all.findIndex(({ person }) => person === one.person) === at);
}
