import { useState } from "react";
import { useQuery } from "urql";
import { resolveWallClock, toWallClock } from "../events/wallClock.ts";
import { CueClipsDocument, PollsDocument } from "../gql/graphql.ts";
import type { DeskEvent } from "../organize/desk.ts";
import { EditDialog } from "../organize/EditDialog.tsx";
import { fieldError, formError } from "../organize/useAction.ts";
import { FormError, SelectField, TextField } from "../platform/components/index.ts";
import { zoneLabel } from "../platform/time/zones.ts";
import { ANCHORS, type Cue, type CueAnchor, type CueKind, KINDS, mayWaitFor, type Show } from "./show.ts";
import { useText } from "./text.ts";
import { useCueName } from "./useCueName.ts";
import type { ShowState } from "./useShow.ts";

const FIELDS = ["title", "text", "at", "session", "after", "offsetSeconds", "room", "from", "poll", "clip"];
const MINUTES = [1, 2, 3, 5, 10, 15, 20, 30, 45, 60] as const;
const COUNTDOWNS = [5, 10, 15, 30, 60] as const;

interface CueDialogProps {
  event: DeskEvent;
  show: Show;
  /** Undefined: a new one. */
  cue: Cue | undefined;
  state: ShowState;
  onClose: () => void;
}

/** What happens at a cue, and when. */
export function CueDialog({ event, show, cue, state, onClose }: CueDialogProps) {
  const { t } = useText();
  const nameOf = useCueName(event);
  const zone = event.timeZone;
  const [id] = useState(() => cue?.id ?? crypto.randomUUID());
  const [kind, setKind] = useState<CueKind>(cue?.kind ?? "ANNOUNCE");
  const [anchor, setAnchor] = useState<CueAnchor>(cue?.anchor ?? "HAND");
  const [title, setTitle] = useState(cue?.title ?? "");
  const [text, setText] = useState(cue?.text ?? "");
  const [at, setAt] = useState(toWallClock(cue?.at ?? Math.max(Date.now(), new Date(event.startsAt).getTime()), zone));
  const [session, setSession] = useState(cue?.session ?? event.sessions[0]?.id ?? "");
  const waitable = mayWaitFor(show.cues, id);
  const [after, setAfter] = useState(cue?.after ?? waitable[0]?.id ?? "");
  const [offset, setOffset] = useState((cue?.offsetSeconds ?? 0) / 60);
  const [pollRoom, setPollRoom] = useState("");
  const [poll, setPoll] = useState(cue?.poll ?? "");
  const [room, setRoom] = useState(cue?.room ?? "");
  const [from, setFrom] = useState(cue?.from ?? "");
  const [clip, setClip] = useState(cue?.clip ?? "");
  const [minutes, setMinutes] = useState(cue?.minutes ?? 5);
  const [seconds, setSeconds] = useState(cue?.seconds ?? 10);
  const [timeMissing, setTimeMissing] = useState(false);

  const rooms = event.rooms.filter(({ kind: one }) => one !== "BACKSTAGE");
  const stages = rooms.filter(({ kind: one }) => one === "STAGE");
  const isPoll = kind === "OPEN_POLL" || kind === "CLOSE_POLL";
  const aboutSession = kind === "START_SESSION" || kind === "END_SESSION";
  const bySession = anchor === "SESSION_START" || anchor === "SESSION_END";
  const onStage = kind === "OPEN_STAGE" || kind === "PLAY_VIDEO";
  const maybeStage = kind === "INTERMISSION" || kind === "DOORS_OPEN" || kind === "DOORS_CLOSE";
  const inRoom = kind === "MOVE" || kind === "START_PARTY";
  const optionalRoom = kind === "ANNOUNCE" || maybeStage;
  const chosenRoom = onStage ? room || stages[0]?.id : inRoom ? room || rooms[0]?.id : room;
  const polls = usePolls(isPoll ? pollRoom || stages[0]?.id || rooms[0]?.id : undefined);
  const clips = useClips(event, kind === "PLAY_VIDEO" ? chosenRoom : undefined);
  const chosenPoll = poll || polls[0]?.id;
  const chosenClip = clip || clips[0]?.id;

  const submit = async () => {
    const instant = anchor === "TIME" ? resolveWallClock(at, zone)?.instant : undefined;
    setTimeMissing(anchor === "TIME" && instant === undefined);
    if (anchor === "TIME" && instant === undefined) return;
    const saved = await state.run({
      save: {
        id,
        kind,
        anchor,
        title: title.trim(),
        offsetSeconds: bySession || anchor === "CUE" ? Math.round(offset * 60) : 0,
        ...(instant !== undefined && { at: new Date(instant).toISOString() }),
        ...((bySession || aboutSession) && session && { session }),
        ...(anchor === "CUE" && after && { after }),
        ...((onStage || inRoom || optionalRoom) && chosenRoom && { room: chosenRoom }),
        ...(kind === "MOVE" && { seconds, ...(from && { from }) }),
        ...(isPoll && chosenPoll && { poll: chosenPoll }),
        ...(kind === "PLAY_VIDEO" && chosenClip && { clip: chosenClip }),
        ...((kind === "ANNOUNCE" || maybeStage || kind === "END_SESSION") && text.trim() && { text: text.trim() }),
        ...((kind === "ANNOUNCE" || kind === "INTERMISSION" || kind === "START_PARTY") && { minutes }),
        ...(kind === "START_PARTY" && cue?.groups && { groups: cue.groups }),
        ...(kind === "START_PARTY" && cue?.rounds && { rounds: cue.rounds }),
      },
    });
    if (saved) onClose();
  };
  const error = (field: string) => fieldError(undefined, state.refusal, field);
  const general = formError(state.refusal, FIELDS);

  return (
    <EditDialog
      title={cue ? t("edit") : t("add")}
      pending={state.pending}
      onSubmit={submit}
      onClose={onClose}
      onRemove={cue && (() => void state.run({ remove: cue.id }).then((done) => done && onClose()))}
    >
      <SelectField label={t("what")} value={kind} onChange={(change) => setKind(change.target.value as CueKind)}>
        {KINDS.map((one) => (
          <option key={one} value={one}>
            {t(`kind.${one}`)}
          </option>
        ))}
      </SelectField>
      {(kind === "ANNOUNCE" || maybeStage || kind === "END_SESSION") && (
        <TextField
          label={t(kind === "ANNOUNCE" ? "words" : "card")}
          hint={kind === "ANNOUNCE" ? undefined : t("cardHint")}
          value={text}
          maxLength={kind === "ANNOUNCE" ? 280 : 120}
          autoComplete="off"
          error={error("text")}
          onChange={(change) => setText(change.target.value)}
        />
      )}
      {isPoll && (
        <>
          {rooms.length > 1 && (
            <SelectField
              label={t("pollRoom")}
              value={pollRoom || stages[0]?.id || rooms[0]?.id}
              onChange={(change) => {
                setPollRoom(change.target.value);
                setPoll("");
              }}
            >
              <Options of={rooms} />
            </SelectField>
          )}
          <SelectField
            label={t("poll")}
            hint={polls.length === 0 ? t("noPolls") : undefined}
            value={chosenPoll ?? ""}
            error={error("poll")}
            onChange={(change) => setPoll(change.target.value)}
          >
            {polls.map((one) => (
              <option key={one.id} value={one.id}>
                {one.question}
              </option>
            ))}
          </SelectField>
        </>
      )}
      {(onStage || inRoom || optionalRoom) && (
        <SelectField
          label={t(kind === "MOVE" ? "to" : kind === "ANNOUNCE" ? "whom" : "where")}
          value={chosenRoom ?? ""}
          error={error("room")}
          onChange={(change) => setRoom(change.target.value)}
        >
          {optionalRoom && <option value="">{t("everywhere")}</option>}
          <Options of={onStage || maybeStage ? stages : rooms} />
        </SelectField>
      )}
      {kind === "PLAY_VIDEO" && (
        <SelectField
          label={t("clip")}
          hint={clips.length === 0 ? t("noClips") : undefined}
          value={chosenClip ?? ""}
          error={error("clip")}
          onChange={(change) => setClip(change.target.value)}
        >
          <Options of={clips} />
        </SelectField>
      )}
      {kind === "MOVE" && (
        <>
          <SelectField
            label={t("from")}
            value={from}
            error={error("from")}
            onChange={(change) => setFrom(change.target.value)}
          >
            <option value="">{t("everywhereElse")}</option>
            <Options of={rooms} />
          </SelectField>
          <SelectField label={t("countdown")} value={seconds} onChange={(change) => setSeconds(+change.target.value)}>
            {COUNTDOWNS.map((one) => (
              <option key={one} value={one}>
                {t("inSeconds", { count: one })}
              </option>
            ))}
          </SelectField>
        </>
      )}
      {(kind === "ANNOUNCE" || kind === "INTERMISSION" || kind === "START_PARTY") && (
        <SelectField
          label={t(`minutes.${kind}`)}
          value={minutes}
          onChange={(change) => setMinutes(+change.target.value)}
        >
          {MINUTES.filter((one) => kind !== "START_PARTY" || one <= 15).map((one) => (
            <option key={one} value={one}>
              {t("inMinutes", { count: one })}
            </option>
          ))}
        </SelectField>
      )}
      <SelectField label={t("when")} value={anchor} onChange={(change) => setAnchor(change.target.value as CueAnchor)}>
        {ANCHORS.filter(
          (one) => (one !== "CUE" || waitable.length > 0) && (!one.startsWith("SESSION") || event.sessions.length > 0),
        ).map((one) => (
          <option key={one} value={one}>
            {t(`anchor.${one}`)}
          </option>
        ))}
      </SelectField>
      {anchor === "TIME" && (
        <TextField
          label={t("time")}
          hint={zoneLabel(zone, new Date(event.startsAt))}
          type="datetime-local"
          value={at}
          error={timeMissing ? t("timeMissing") : error("at")}
          onChange={(change) => setAt(change.target.value)}
        />
      )}
      {(bySession || aboutSession) && (
        <SelectField
          label={t("session")}
          value={session}
          error={error("session")}
          onChange={(change) => setSession(change.target.value)}
        >
          {event.sessions.map((one) => (
            <option key={one.id} value={one.id}>
              {one.title}
            </option>
          ))}
        </SelectField>
      )}
      {anchor === "CUE" && (
        <SelectField
          label={t("afterWhich")}
          value={after}
          error={error("after")}
          onChange={(change) => setAfter(change.target.value)}
        >
          {waitable.map((one) => (
            <option key={one.id} value={one.id}>
              {nameOf(one)}
            </option>
          ))}
        </SelectField>
      )}
      {(bySession || anchor === "CUE") && (
        <TextField
          label={t("offset")}
          hint={bySession ? t("offsetHint") : undefined}
          type="number"
          step="any"
          value={offset}
          error={error("offsetSeconds")}
          onChange={(change) => setOffset(Number(change.target.value))}
        />
      )}
      <TextField
        label={t("name")}
        hint={t("nameHint")}
        value={title}
        maxLength={120}
        autoComplete="off"
        error={error("title")}
        onChange={(change) => setTitle(change.target.value)}
      />
      {general && <FormError>{general}</FormError>}
    </EditDialog>
  );
}

function Options({ of }: { of: readonly { id: string; name: string }[] }) {
  return of.map((one) => (
    <option key={one.id} value={one.id}>
      {one.name}
    </option>
  ));
}

function usePolls(room: string | undefined) {
  const [{ data }] = useQuery({ query: PollsDocument, variables: { room: room ?? "" }, pause: !room });
  return (room && data?.polls.polls) || [];
}

function useClips(event: DeskEvent, room: string | undefined) {
  const slug = event.rooms.find(({ id }) => id === room)?.slug;
  const [{ data }] = useQuery({
    query: CueClipsDocument,
    variables: { event: event.slug, slug: slug ?? "" },
    pause: !slug,
  });
  return (slug && data?.room?.stage?.clips?.filter(({ video }) => video)) || [];
}
