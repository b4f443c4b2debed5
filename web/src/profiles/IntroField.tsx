import { useState } from "react";
import { useMutation } from "urql";
import { RemoveIntroVideoDocument } from "../gql/graphql.ts";
import { Button } from "../platform/components/Button.tsx";
import { FormError } from "../platform/components/Field.tsx";
import { Icon } from "../platform/components/Icon.tsx";
import { useToast } from "../platform/components/Toast.tsx";
import { refusalOf } from "../platform/graph/refusal.ts";
import { FileButton } from "./FileButton.tsx";
import { IntroRecorder } from "./IntroRecorder.tsx";
import { recordable } from "./recorder.ts";
import { useText } from "./text.ts";
import { LARGEST_VIDEO, problemOf, VIDEOS } from "./upload.ts";
import { useUpload } from "./useUpload.ts";

interface IntroFieldProps {
  name: string;
  video: string | null | undefined;
  onChanged: () => void;
}

/** The intro video: recorded here or chosen; kept as soon as it is there. */
export function IntroField({ name, video, onChanged }: IntroFieldProps) {
  const { t } = useText();
  const toast = useToast();
  const [recording, setRecording] = useState(false);
  const [{ fetching }, remove] = useMutation(RemoveIntroVideoDocument);
  const upload = useUpload("/profiles/intro", () => {
    toast({ text: t("intro.saved") });
    onChanged();
  });
  const take = (file: Blob) => {
    setRecording(false);
    const problem = problemOf(file, VIDEOS, LARGEST_VIDEO);
    if (problem) upload.setError(t(`intro.${problem}`, { size: (file.size / 1_000_000).toFixed(1) }));
    else upload.send(file);
  };
  const takeAway = async () => {
    const { error } = await remove({});
    if (error) upload.setError(refusalOf(error).message);
    else toast({ text: t("intro.removed") });
  };
  return (
    <section className="card intro-field" aria-labelledby="intro">
      <h2 className="h3" id="intro">
        {t("intro.label")}
      </h2>
      <p className="muted">{t("intro.text")}</p>
      {video && (
        // biome-ignore lint/a11y/useMediaCaption: people record half a minute of themselves; nobody writes captions for it
        <video className="intro" src={video} controls preload="metadata" aria-label={t("intro.play")} />
      )}
      <div className="row wrap">
        {recordable() && (
          <Button variant="line" size="sm" disabled={upload.percent !== undefined} onClick={() => setRecording(true)}>
            <Icon name="cam" size="sm" />
            {video ? t("intro.another") : t("intro.record")}
          </Button>
        )}
        <FileButton label={t("intro.choose")} icon="plus" accept={VIDEOS} percent={upload.percent} onFile={take} />
        {video && (
          <Button variant="ghost" size="sm" pending={fetching} onClick={() => void takeAway()}>
            {t("intro.remove")}
          </Button>
        )}
      </div>
      {!recordable() && <p className="hint">{t("intro.unable")}</p>}
      {upload.error && <FormError>{upload.error}</FormError>}
      {recording && <IntroRecorder name={name} onClose={() => setRecording(false)} onRecorded={take} />}
    </section>
  );
}
