import { useState } from "react";
import { useClient } from "urql";
import { EventDeskDocument } from "../gql/graphql.ts";
import type { DeskPageProps } from "../organize/desk.ts";
import { Button, buttonClass, Dialog, Field, FormError, Icon, useToast } from "../platform/components/index.ts";
import { refusalOf } from "../platform/graph/refusal.ts";
import { formatDayShort, formatTimeRange } from "../platform/time/format.ts";
import { type FileChange, type FileChoices, type FilePreview, sendAgenda } from "./agendaFile.ts";
import { useAgendaText } from "./text.ts";

interface AgendaFilesDialogProps extends DeskPageProps {
  onClose: () => void;
}

/** The agenda as files: taken home in three formats, and brought in after a look at what would happen. */
export function AgendaFilesDialog({ event, onClose }: AgendaFilesDialogProps) {
  const { t } = useAgendaText();
  const toast = useToast();
  const client = useClient();
  const [file, setFile] = useState<File>();
  const [choices, setChoices] = useState<FileChoices>({ removeOthers: false, ontoEvent: false });
  const [preview, setPreview] = useState<FilePreview>();
  const [pending, setPending] = useState(false);
  const [refused, setRefused] = useState<string>();

  const send = async (chosen: File | undefined, how: FileChoices, confirm?: string) => {
    setFile(chosen);
    setChoices(how);
    setRefused(undefined);
    if (!confirm) setPreview(undefined);
    if (!chosen) return;
    setPending(true);
    try {
      const answer = await sendAgenda(event.id, chosen, how, confirm);
      if (!answer.written) setPreview(answer);
      else {
        client.query(EventDeskDocument, { id: event.id }, { requestPolicy: "network-only" }).subscribe(() => undefined);
        toast({ text: t("files.taken") });
        onClose();
      }
    } catch (error) {
      const no = refusalOf(error);
      setRefused(no.message);
      // What was shown holds no longer: show what would happen now.
      if (confirm && no.code === "changed-meanwhile")
        setPreview(await sendAgenda(event.id, chosen, how).catch(() => undefined));
    } finally {
      setPending(false);
    }
  };

  const changes = preview ? preview.added.length + preview.changed.length + preview.removed.length : 0;
  const ready = preview && preview.mistakeCount === 0 && changes > 0;
  return (
    <Dialog
      open
      onClose={onClose}
      title={t("files.title")}
      kind="sheet"
      wide
      actions={
        <>
          <Button variant="ghost" onClick={onClose}>
            {t("files.close")}
          </Button>
          <Button
            variant="primary"
            disabled={!ready}
            pending={pending}
            onClick={() => void send(file, choices, preview?.fingerprint)}
          >
            {t("files.take")}
          </Button>
        </>
      }
    >
      <div className="stack form-stack">
        <section className="stack" aria-labelledby="agenda-export">
          <h3 className="h4" id="agenda-export">
            {t("files.export")}
          </h3>
          <p className="small muted">{t("files.exportText")}</p>
          <div className="row wrap">
            {(["json", "ics", "csv"] as const).map((format) => (
              <a
                key={format}
                className={buttonClass({ variant: "line", size: "sm" })}
                href={`/e/${event.slug}/schedule.${format}`}
                download
              >
                <Icon name="dl" size="sm" />
                {t(`files.${format}`)}
              </a>
            ))}
          </div>
        </section>
        <section className="stack" aria-labelledby="agenda-import">
          <h3 className="h4" id="agenda-import">
            {t("files.import")}
          </h3>
          <p className="small muted">{t("files.importText")}</p>
          <Field label={t("files.file")}>
            {(control) => (
              <input
                {...control}
                type="file"
                className="input"
                accept=".json,.ics,.csv,application/json,text/calendar,text/csv"
                onChange={(change) => void send(change.target.files?.[0], choices)}
              />
            )}
          </Field>
          {(["removeOthers", "ontoEvent"] as const).map((choice) => (
            <label className="check" key={choice}>
              <input
                type="checkbox"
                checked={choices[choice]}
                onChange={(change) => void send(file, { ...choices, [choice]: change.target.checked })}
              />
              {t(`files.${choice}`)}
            </label>
          ))}
          <div role="status" className="stack">
            {pending && !preview && <p className="small muted">{t("files.reading")}</p>}
            {preview && <Preview preview={preview} zone={event.timeZone} />}
          </div>
          {refused && <FormError>{refused}</FormError>}
        </section>
      </div>
    </Dialog>
  );
}

function Preview({ preview, zone }: { preview: FilePreview; zone: string }) {
  const { t } = useAgendaText();
  const { mistakes, mistakeCount, notes } = preview;
  const where = (line: number) => (line > 0 ? `${t("files.line", { line })}: ` : "");
  if (mistakeCount > 0)
    return (
      <>
        <p className="clash-line">
          <Icon name="warn" size="sm" />
          {t("files.mistakes", { count: mistakeCount })}
        </p>
        <ul className="agenda-files-list">
          {mistakes.map(({ line, message }) => (
            <li key={`${line} ${message}`}>
              {where(line)}
              {message}
            </li>
          ))}
          {mistakeCount > mistakes.length && <li>{t("files.more", { count: mistakeCount - mistakes.length })}</li>}
        </ul>
      </>
    );
  const kinds = (["added", "changed", "removed"] as const).filter((kind) => preview[kind].length > 0);
  return (
    <>
      {kinds.length === 0 && <p className="small">{t("files.nothing")}</p>}
      {kinds.map((kind) => (
        <div key={kind}>
          <p>
            <b>{t(`files.${kind}`, { count: preview[kind].length })}</b>
          </p>
          <ul className="agenda-files-list">
            {preview[kind].map((change) => (
              <Change key={`${change.line} ${change.startsAt} ${change.title}`} change={change} zone={zone} />
            ))}
          </ul>
        </div>
      ))}
      {preview.unchanged > 0 && <p className="small muted">{t("files.unchanged", { count: preview.unchanged })}</p>}
      {preview.rooms.length > 0 && <p className="small">{t("files.rooms", { names: preview.rooms.join(", ") })}</p>}
      {preview.speakers.length > 0 && (
        <p className="small">{t("files.speakers", { names: preview.speakers.join(", ") })}</p>
      )}
      {notes.length > 0 && (
        <div>
          <p>
            <b>{t("files.notes")}</b>
          </p>
          <ul className="agenda-files-list">
            {notes.map(({ line, message }) => (
              <li key={`${line} ${message}`}>
                {where(line)}
                {message}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

function Change({ change, zone }: { change: FileChange; zone: string }) {
  const { t } = useAgendaText();
  const what = change.changes.map((one) => t(`files.changes.${one}`)).join(", ");
  return (
    <li>
      {change.title}{" "}
      <span className="muted">
        {formatDayShort(change.startsAt, zone)}, {formatTimeRange(change.startsAt, change.endsAt, zone)}, {change.room}
        {what && ` (${what})`}
      </span>
    </li>
  );
}
