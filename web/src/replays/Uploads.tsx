import { useEffect, useRef, useState } from "react";
import { type DeskUploadFragment, RemoveRecordingUploadDocument } from "../gql/graphql.ts";
import { useAction } from "../organize/useAction.ts";
import { Button, FormError } from "../platform/components/index.ts";
import { type Sending, sendInBackground, stopSending, useSending } from "./sending.ts";
import { useText } from "./text.ts";
import { acceptedRecordings } from "./upload.ts";

/** While the server works on one, it is asked this often how far it is. */
const LOOK_EVERY_MS = 3_000;

interface UploadsProps {
  uploads: readonly DeskUploadFragment[];
  /** Something may have changed on the server. */
  onChange: () => void;
}

/** Finished videos on their way: sent, stopped half-way, prepared, or of no use. */
export function Uploads({ uploads, onChange }: UploadsProps) {
  const { t } = useText();
  const sending = useSending();
  const remove = useAction(RemoveRecordingUploadDocument);
  const isPreparing = uploads.some(({ state }) => state === "PREPARING");
  const ask = useRef(onChange);
  ask.current = onChange;
  useEffect(() => {
    if (!isPreparing) return;
    const timer = setInterval(() => ask.current(), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [isPreparing]);
  if (uploads.length === 0) return null;
  return (
    <section aria-labelledby="uploads" className="card replays-planned">
      <h2 className="h4" id="uploads">
        {t("upload.onTheirWay")}
      </h2>
      <ul>
        {uploads.map((upload) => (
          <Upload
            key={upload.id}
            upload={upload}
            sending={sending.get(upload.id)}
            disabled={remove.pending}
            onChange={onChange}
            onRemove={() => {
              stopSending(upload.id);
              void remove.run({ id: upload.id });
            }}
          />
        ))}
      </ul>
      {remove.refusal && <FormError>{remove.refusal.message}</FormError>}
    </section>
  );
}

interface UploadProps {
  upload: DeskUploadFragment;
  sending: Sending | undefined;
  disabled: boolean;
  onChange: () => void;
  onRemove: () => void;
}

function Upload({ upload, sending, disabled, onChange, onRemove }: UploadProps) {
  const { t } = useText();
  const { id, title, state, bytes, uploadUrl } = upload;
  const percent = Math.floor(((sending?.received || upload.received) / bytes) * 100);
  const problem = upload.problem ?? sending?.problem;
  const isStopped = state === "ARRIVING" && !sending && !problem;
  const goOn = (file: File | undefined) => {
    if (file) void sendInBackground(id, uploadUrl, file).then(onChange);
  };
  return (
    <li className="replays-upload">
      <div className="row">
        <b className="grow trunc">{title}</b>
        <span className="small muted num" role="status">
          {problem
            ? t("upload.failed")
            : state === "PREPARING"
              ? t("upload.preparing")
              : sending?.waiting
                ? t("upload.waiting", { percent })
                : isStopped
                  ? t("upload.stopped", { percent })
                  : t("upload.sending", { percent })}
        </span>
      </div>
      {problem ? (
        <FormError>{problem}</FormError>
      ) : (
        <div
          className="progress"
          role="progressbar"
          aria-label={title}
          aria-valuenow={state === "PREPARING" ? undefined : percent}
          aria-valuemin={0}
          aria-valuemax={100}
        >
          <i style={{ width: `${state === "PREPARING" ? 100 : percent}%` }} />
        </div>
      )}
      <div className="row replays-acts">
        {isStopped && <GoOn title={title} bytes={bytes} onFile={goOn} />}
        <Button
          variant="ghost"
          size="sm"
          disabled={disabled}
          aria-label={t("upload.removeName", { title })}
          onClick={onRemove}
        >
          {t("upload.remove")}
        </Button>
      </div>
    </li>
  );
}

/** Browsers forget files: the same one is chosen again, which its length tells. */
function GoOn({ title, bytes, onFile }: { title: string; bytes: number; onFile: (file: File) => void }) {
  const { t } = useText();
  const input = useRef<HTMLInputElement>(null);
  const [isAnother, setIsAnother] = useState(false);
  const choose = (file: File | undefined) => {
    if (!file) return;
    setIsAnother(file.size !== bytes);
    if (file.size === bytes) onFile(file);
  };
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        accept={acceptedRecordings}
        aria-label={t("upload.goOnName", { title })}
        data-testid="go-on-file"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          choose(file);
        }}
      />
      <Button
        variant="quiet"
        size="sm"
        aria-label={t("upload.goOnName", { title })}
        onClick={() => input.current?.click()}
      >
        {t("upload.goOn")}
      </Button>
      {isAnother && <FormError>{t("upload.another")}</FormError>}
    </>
  );
}
