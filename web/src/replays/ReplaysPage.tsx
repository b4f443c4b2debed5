import "./replays.css";
import { useState } from "react";
import { useQuery } from "urql";
import { Link } from "wouter";
import {
  CancelSimuliveDocument,
  type DeskReplayFragment,
  DeskReplaysDocument,
  SetReplayVisibleDocument,
} from "../gql/graphql.ts";
import { type DeskPageProps, deskPath } from "../organize/desk.ts";
import { useAction } from "../organize/useAction.ts";
import {
  Badge,
  Button,
  ButtonLink,
  buttonClass,
  Empty,
  FormError,
  Icon,
  Skeleton,
} from "../platform/components/index.ts";
import { refusalOf } from "../platform/graph/refusal.ts";
import { useTitle } from "../platform/shell/title.ts";
import { formatDate, formatTime } from "../platform/time/format.ts";
import { clock } from "../rooms/time.ts";
import { CaptionsDialog } from "./CaptionsDialog.tsx";
import { ChaptersDialog } from "./ChaptersDialog.tsx";
import { SimuliveDialog } from "./SimuliveDialog.tsx";
import { TrimDialog } from "./TrimDialog.tsx";
import { useText } from "./text.ts";
import { UploadDialog } from "./UploadDialog.tsx";
import { Uploads } from "./Uploads.tsx";

type Task = "trim" | "chapters" | "captions" | "play";

/** What was recorded at an event, and what is made of it. */
export function ReplaysPage({ event }: DeskPageProps) {
  const { t } = useText();
  const [{ data, error, fetching }, ask] = useQuery({ query: DeskReplaysDocument, variables: { id: event.id } });
  const [task, setTask] = useState<{ what: Task; replay: string }>();
  const [isBringing, setIsBringing] = useState(false);
  const cancel = useAction(CancelSimuliveDocument);
  useTitle(t("title"), event.name);
  const replays = data?.event?.replays;
  const chosen = replays?.find((replay) => replay.id === task?.replay);
  const refresh = () => ask({ requestPolicy: "network-only" });
  const close = () => {
    setTask(undefined);
    refresh();
  };
  return (
    <>
      <div className="crumb">
        <Link href={deskPath(event)}>{event.name}</Link>
        <Icon name="right" />
        <span>{t("title")}</span>
      </div>
      <div className="headrow">
        <div>
          <h1 className="h2">{t("title")}</h1>
          <p className="muted overview-sub">{t("lead")}</p>
        </div>
        <Button variant="primary" onClick={() => setIsBringing(true)}>
          {t("upload.open")}
        </Button>
      </div>
      {data?.event && <Uploads uploads={data.event.recordingUploads} onChange={refresh} />}
      {data?.event && data.event.simulives.length > 0 && (
        <section aria-labelledby="simulives" className="card replays-planned">
          <h2 className="h4" id="simulives">
            {t("simulive.planned")}
          </h2>
          <ul>
            {data.event.simulives.map((one) => (
              <li key={one.id} className="row">
                <span className="grow">
                  <b>{one.session?.title ?? one.recording.title}</b>{" "}
                  <span className="muted">
                    {t("simulive.on", {
                      time: `${formatDate(one.startsAt, event.timeZone)}, ${formatTime(one.startsAt, event.timeZone)}`,
                      room: one.room.name,
                    })}
                  </span>
                </span>
                <Button
                  variant="ghost"
                  size="sm"
                  disabled={cancel.pending}
                  onClick={() => void cancel.run({ id: one.id })}
                >
                  {t("simulive.take")}
                </Button>
              </li>
            ))}
          </ul>
          {cancel.refusal && <FormError>{cancel.refusal.message}</FormError>}
        </section>
      )}
      {!replays && error && !fetching && (
        <div className="card">
          <Empty
            icon="warn"
            title={t("failed")}
            action={
              <Button variant="line" onClick={refresh}>
                {t("tryAgain")}
              </Button>
            }
          >
            {refusalOf(error).message}
          </Empty>
        </div>
      )}
      {!replays && !(error && !fetching) && <Skeleton height={160} />}
      {replays?.length === 0 && (
        <div className="card">
          <Empty icon="play" title={t("none.title")}>
            {t("none.text")}
          </Empty>
        </div>
      )}
      <ul className="replays-list" aria-label={t("list")}>
        {replays?.map((replay) => (
          <li key={replay.id}>
            <ReplayCard
              slug={event.slug}
              zone={event.timeZone}
              replay={replay}
              onTask={(what) => setTask({ what, replay: replay.id })}
            />
          </li>
        ))}
      </ul>
      {chosen && task?.what === "trim" && <TrimDialog replay={chosen} onClose={close} />}
      {chosen && task?.what === "chapters" && <ChaptersDialog replay={chosen} onClose={close} />}
      {chosen && task?.what === "captions" && <CaptionsDialog replay={chosen} onClose={close} onChange={refresh} />}
      {isBringing && (
        <UploadDialog
          event={event}
          onClose={() => {
            setIsBringing(false);
            refresh();
          }}
          onSent={refresh}
        />
      )}
      {chosen && task?.what === "play" && <SimuliveDialog replay={chosen} event={event} onClose={close} />}
    </>
  );
}

interface ReplayCardProps {
  slug: string;
  zone: string;
  replay: DeskReplayFragment;
  onTask: (what: Task) => void;
}

function ReplayCard({ slug, zone, replay, onTask }: ReplayCardProps) {
  const { t } = useText();
  const show = useAction(SetReplayVisibleDocument);
  const { editing } = replay;
  const cut = editing && editing.recordedSeconds - replay.durationSeconds > 0.1;
  return (
    <article className="card replays-card">
      <div className="row">
        <h2 className="h4 grow">{replay.title}</h2>
        <Badge tone={editing?.visible ? "outline" : "warning"} icon={editing?.visible ? "eye" : "lock"}>
          {editing?.visible ? t("visible") : t("hidden")}
        </Badge>
      </div>
      <p className="small muted">
        {replay.room.name}, {formatDate(replay.startedAt, zone)}.{" "}
        {cut
          ? t("cutFrom", { time: clock(replay.durationSeconds * 1000), whole: clock(editing.recordedSeconds * 1000) })
          : t("length", { time: clock(replay.durationSeconds * 1000) })}
      </p>
      {show.refusal && <FormError>{show.refusal.message}</FormError>}
      <div className="row replays-acts">
        <ButtonLink href={`/e/${slug}/replays/${replay.id}`} variant="quiet" size="sm">
          {t("watch")}
        </ButtonLink>
        <Button variant="quiet" size="sm" onClick={() => onTask("trim")}>
          {t("trim")}
        </Button>
        <Button variant="quiet" size="sm" onClick={() => onTask("chapters")}>
          {t("chapters")}
        </Button>
        <Button variant="quiet" size="sm" onClick={() => onTask("captions")}>
          {t("captions")}
        </Button>
        <Button variant="quiet" size="sm" onClick={() => onTask("play")}>
          {t("play")}
        </Button>
        {replay.downloadUrl && (
          <a className={buttonClass({ variant: "quiet", size: "sm" })} href={replay.downloadUrl} download>
            {t("download")}
          </a>
        )}
        <Button
          variant="ghost"
          size="sm"
          disabled={show.pending}
          onClick={() => void show.run({ id: replay.id, visible: !editing?.visible })}
        >
          {editing?.visible ? t("hide") : t("show")}
        </Button>
      </div>
    </article>
  );
}
