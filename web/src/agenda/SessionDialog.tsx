import { useMemo, useState } from "react";
import { checkSession, type FieldErrors, type SessionForm } from "../events/eventForm.ts";
import { dayOf, resolveWallClock, toWallClock } from "../events/wallClock.ts";
import { RemoveSessionDocument, SaveSessionDocument } from "../gql/graphql.ts";
import { ConfirmDialog } from "../organize/ConfirmDialog.tsx";
import type { DeskPageProps, DeskSession } from "../organize/desk.ts";
import { EditDialog } from "../organize/EditDialog.tsx";
import { focusFirstInvalid } from "../organize/forms.ts";
import { useOrganizeText } from "../organize/text.ts";
import { fieldError, formError, useAction } from "../organize/useAction.ts";
import {
  Avatar,
  FormError,
  Icon,
  SelectField,
  TextAreaField,
  TextField,
  useToast,
} from "../platform/components/index.ts";
import { formatTime, minutesBetween } from "../platform/time/format.ts";
import { zoneLabel } from "../platform/time/zones.ts";
import { type Conflict, conflictsOf, findConflicts, type PlacedSession } from "./conflicts.ts";
import { sessionsOfDay } from "./timeGrid.ts";

const fields = ["title", "summary", "room", "startsAtLocal", "minutes", "speakers"] as const;
const NEW_SESSION_MINUTES = 30;

interface SessionDialogProps extends DeskPageProps {
  /** Undefined: a new one. */
  session: DeskSession | undefined;
  /** The day shown, where a new session starts after the last one. */
  day: string;
  onClose: () => void;
}

/** One session: what, where, when and who. Says at once when the place or a person is taken. */
export function SessionDialog({ event, session, day, onClose }: SessionDialogProps) {
  const { t } = useOrganizeText();
  const toast = useToast();
  const zone = event.timeZone;
  const [form, setForm] = useState<SessionForm>(() => startForm(event, session, day));
  const [speakers, setSpeakers] = useState<string[]>(session?.speakers.map((speaker) => speaker.id) ?? []);
  const [errors, setErrors] = useState<FieldErrors<keyof SessionForm>>({});
  const [removing, setRemoving] = useState(false);
  const save = useAction(SaveSessionDocument);
  const remove = useAction(RemoveSessionDocument);

  const set = (change: Partial<SessionForm>) => {
    setForm({ ...form, ...change });
    for (const field of Object.keys(change)) delete errors[field as keyof SessionForm];
  };
  const placed = useMemo(() => asPlaced(event, session?.id ?? "new", form, speakers), [event, session, form, speakers]);
  const conflicts = useMemo(() => {
    if (!placed) return [];
    const others: PlacedSession[] = event.sessions.filter((other) => other.id !== placed.id);
    return conflictsOf(findConflicts([...others, placed]), placed.id);
  }, [event, placed]);
  const outside =
    placed &&
    (placed.startsAt < new Date(event.startsAt).toISOString() || placed.endsAt > new Date(event.endsAt).toISOString());

  const submit = async (filled: HTMLFormElement) => {
    const found = checkSession(form, zone);
    setErrors(found);
    if (Object.keys(found).length > 0) return focusFirstInvalid(filled);
    if (save.pending) return;
    const saved = await save.run({
      input: {
        ...(session && { id: session.id }),
        event: event.id,
        room: form.room,
        title: form.title.trim(),
        summary: form.summary,
        startsAtLocal: form.startsAtLocal,
        minutes: Number(form.minutes),
        speakers,
      },
    });
    if (!saved) return;
    toast({ text: t("session.saved", { title: saved.saveSession.title }) });
    onClose();
  };

  const confirmRemoval = async () => {
    if (!session || !(await remove.run({ id: session.id }))) return;
    toast({ text: t("session.removed", { title: session.title }) });
    onClose();
  };

  const say = (field: keyof SessionForm) =>
    fieldError(errors[field] && t(`errors.${errors[field] as "titleMissing"}`), save.refusal, field);
  const general = formError(save.refusal, fields);
  const roomNotes = conflicts.filter((conflict) => conflict.kind === "room");
  const personNotes = conflicts.filter((conflict) => conflict.kind === "speaker");

  return (
    <>
      <EditDialog
        title={session ? t("session.edit") : t("session.add")}
        wide
        open={!removing}
        pending={save.pending}
        onSubmit={submit}
        onRemove={session && (() => setRemoving(true))}
        onClose={onClose}
      >
        <TextField
          label={t("session.titleField")}
          value={form.title}
          error={say("title")}
          autoComplete="off"
          onChange={(change) => set({ title: change.target.value })}
        />
        <div className="session-when">
          <TextField
            label={t("session.starts")}
            type="datetime-local"
            value={form.startsAtLocal}
            error={say("startsAtLocal")}
            onChange={(change) => set({ startsAtLocal: change.target.value })}
          />
          <TextField
            label={t("session.minutes")}
            type="number"
            inputMode="numeric"
            min={1}
            max={1440}
            step={5}
            value={form.minutes}
            error={say("minutes")}
            onChange={(change) => set({ minutes: change.target.value })}
          />
          <SelectField
            label={t("session.room")}
            value={form.room}
            error={say("room")}
            onChange={(change) => set({ room: change.target.value })}
          >
            {event.rooms.map((room) => (
              <option value={room.id} key={room.id}>
                {room.name}
              </option>
            ))}
          </SelectField>
        </div>
        <div className="session-notes" role="status">
          {placed && (
            <p className="small muted">
              {t("session.ends", {
                time: formatTime(placed.endsAt, zone),
                zone: zoneLabel(zone, new Date(placed.endsAt)),
              })}
              {outside && ` ${t("session.outside")}`}
            </p>
          )}
          {roomNotes.map((conflict) => (
            <Clash key={conflict.key}>{t("session.roomBusy", busyWith(conflict, placed?.id, zone))}</Clash>
          ))}
          {personNotes.map((conflict) => (
            <Clash key={conflict.key}>
              {t("session.personBusy", { person: conflict.speaker?.name, ...busyWith(conflict, placed?.id, zone) })}
            </Clash>
          ))}
        </div>
        <TextAreaField
          label={t("session.summary")}
          hint={t("session.summaryHint")}
          rows={3}
          value={form.summary}
          error={say("summary")}
          onChange={(change) => set({ summary: change.target.value })}
        />
        <fieldset>
          <legend className="choice-legend">{t("session.speakers")}</legend>
          {event.speakers.length === 0 ? (
            <p className="small muted">{t("session.noSpeakers")}</p>
          ) : (
            <div className="session-speakers">
              {event.speakers.map((speaker) => (
                <label className="check" key={speaker.id}>
                  <input
                    type="checkbox"
                    checked={speakers.includes(speaker.id)}
                    onChange={(change) =>
                      setSpeakers(
                        change.target.checked
                          ? [...speakers, speaker.id]
                          : speakers.filter((other) => other !== speaker.id),
                      )
                    }
                  />
                  <Avatar name={speaker.name} photoUrl={speaker.photoUrl} portrait={speaker.portrait} size="xs" />
                  {speaker.name}
                </label>
              ))}
            </div>
          )}
        </fieldset>
        {general && <FormError>{general}</FormError>}
      </EditDialog>
      {session && (
        <ConfirmDialog
          open={removing}
          title={t("session.removeTitle", { title: session.title })}
          action={t("remove")}
          danger
          pending={remove.pending}
          refusal={remove.refusal}
          onConfirm={() => void confirmRemoval()}
          onClose={() => setRemoving(false)}
        >
          {t("session.removeText")}
        </ConfirmDialog>
      )}
    </>
  );
}

function Clash({ children }: { children: string }) {
  return (
    <p className="clash-line">
      <Icon name="warn" size="sm" />
      {children}
    </p>
  );
}

function busyWith(conflict: Conflict, own: string | undefined, zone: string) {
  const other = conflict.earlier.id === own ? conflict.later : conflict.earlier;
  return { title: other.title, time: formatTime(other.endsAt, zone) };
}

function startForm(event: DeskPageProps["event"], session: DeskSession | undefined, day: string): SessionForm {
  const zone = event.timeZone;
  if (session)
    return {
      title: session.title,
      summary: session.summary,
      room: session.room.id,
      startsAtLocal: toWallClock(session.startsAt, zone),
      minutes: String(minutesBetween(session.startsAt, session.endsAt)),
    };
  const last = sessionsOfDay(event.sessions, day, zone).at(-1);
  const opening = toWallClock(event.startsAt, zone);
  const free = last ? toWallClock(last.endsAt, zone) : dayOf(opening) === day ? opening : `${day}T09:00`;
  const stage = event.rooms.find((room) => room.kind === "STAGE") ?? event.rooms[0];
  return {
    title: "",
    summary: "",
    room: last?.room.id ?? stage?.id ?? "",
    startsAtLocal: free,
    minutes: String(NEW_SESSION_MINUTES),
  };
}

/** The form as a session on the agenda, as soon as it says when and where. */
function asPlaced(
  event: DeskPageProps["event"],
  id: string,
  form: SessionForm,
  speakers: string[],
): PlacedSession | undefined {
  const start = resolveWallClock(form.startsAtLocal, event.timeZone);
  const room = event.rooms.find((one) => one.id === form.room);
  const minutes = Number(form.minutes);
  if (!start || !room || !(minutes > 0)) return undefined;
  return {
    id,
    title: form.title,
    startsAt: new Date(start.instant).toISOString(),
    endsAt: new Date(start.instant + minutes * 60_000).toISOString(),
    room,
    speakers: event.speakers.filter((speaker) => speakers.includes(speaker.id)),
  };
}
