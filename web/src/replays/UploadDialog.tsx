import { type FormEvent, useState } from "react";
import { BeginRecordingUploadDocument } from "../gql/graphql.ts";
import { type DeskEvent, stagesOf } from "../organize/desk.ts";
import { fieldError, formError, useAction } from "../organize/useAction.ts";
import { Button, Dialog, FormError, SelectField, TextField } from "../platform/components/index.ts";
import { sendInBackground } from "./sending.ts";
import { useText } from "./text.ts";
import { acceptedRecordings, recordingType } from "./upload.ts";

const FIELDS = ["title", "speakerName", "room", "bytes"] as const;

interface UploadDialogProps {
  event: DeskEvent;
  onClose: () => void;
  /** All of it is on the server. */
  onSent: () => void;
}

/** Brings a finished video, to be played as live or shown as a replay. */
export function UploadDialog({ event, onClose, onSent }: UploadDialogProps) {
  const { t } = useText();
  const stages = stagesOf(event);
  const [file, setFile] = useState<File>();
  const [title, setTitle] = useState("");
  const [speakerName, setSpeakerName] = useState("");
  const [room, setRoom] = useState(stages[0]?.id ?? "");
  const begin = useAction(BeginRecordingUploadDocument);
  const choose = (chosen: File | undefined) => {
    begin.clear();
    setFile(chosen);
    if (chosen && !title) setTitle(chosen.name.replace(/\.[^.]+$/, "").slice(0, 160));
  };
  const bring = async (submit: FormEvent) => {
    submit.preventDefault();
    if (!file) return;
    const input = {
      room,
      title,
      speakerName: speakerName.trim() || undefined,
      contentType: recordingType(file),
      bytes: file.size,
    };
    const begun = await begin.run({ input });
    if (!begun) return;
    const { id, uploadUrl } = begun.beginRecordingUpload;
    void sendInBackground(id, uploadUrl, file).then(onSent);
    onClose();
  };
  return (
    <Dialog open onClose={onClose} title={t("upload.title")}>
      <form className="replays-form" onSubmit={bring}>
        <p className="small muted">{t("upload.text")}</p>
        {stages.length === 0 && <p className="small">{t("simulive.noStage")}</p>}
        <TextField
          label={t("upload.file")}
          hint={t("upload.hint")}
          type="file"
          accept={acceptedRecordings}
          required
          error={fieldError(undefined, begin.refusal, "bytes")}
          onChange={(change) => choose(change.target.files?.[0])}
        />
        <TextField
          label={t("upload.name")}
          required
          maxLength={160}
          value={title}
          error={fieldError(undefined, begin.refusal, "title")}
          onChange={(change) => setTitle(change.target.value)}
        />
        <TextField
          label={t("upload.speaker")}
          hint={t("upload.speakerHint")}
          maxLength={80}
          value={speakerName}
          error={fieldError(undefined, begin.refusal, "speakerName")}
          onChange={(change) => setSpeakerName(change.target.value)}
        />
        <SelectField
          label={t("simulive.room")}
          value={room}
          error={fieldError(undefined, begin.refusal, "room")}
          onChange={(change) => setRoom(change.target.value)}
        >
          {stages.map((stage) => (
            <option key={stage.id} value={stage.id}>
              {stage.name}
            </option>
          ))}
        </SelectField>
        {formError(begin.refusal, FIELDS) && <FormError>{formError(begin.refusal, FIELDS)}</FormError>}
        <div className="row">
          <Button variant="primary" type="submit" disabled={begin.pending || !room || !file}>
            {t("upload.send")}
          </Button>
          <Button variant="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
