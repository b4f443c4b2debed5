import { type FormEvent, useState } from "react";
import { type DeskReplayFragment, SetReplayChaptersDocument } from "../gql/graphql.ts";
import { useAction } from "../organize/useAction.ts";
import { Button, Dialog, FormError, TextAreaField } from "../platform/components/index.ts";
import { clock } from "../rooms/time.ts";
import { useText } from "./text.ts";
import { chaptersOf } from "./times.ts";

/** Chapters as lines of text. */
export function ChaptersDialog({ replay, onClose }: { replay: DeskReplayFragment; onClose: () => void }) {
  const { t } = useText();
  const [text, setText] = useState(
    replay.chapters.map((one) => `${clock(one.atSeconds * 1000)} ${one.title}`).join("\n"),
  );
  const [wrong, setWrong] = useState<number>();
  const change = useAction(SetReplayChaptersDocument);
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const written = chaptersOf(text);
    setWrong(written.wrong);
    if (written.wrong === undefined && (await change.run({ id: replay.id, chapters: written.chapters }))) onClose();
  };
  return (
    <Dialog open onClose={onClose} title={t("chapter.title")}>
      <form className="replays-form" onSubmit={save}>
        <p className="small muted">{t("chapter.text")}</p>
        <TextAreaField
          label={t("chapter.lines")}
          placeholder={t("chapter.hint")}
          rows={8}
          value={text}
          error={wrong === undefined ? undefined : t("chapter.wrong", { line: wrong })}
          onChange={(event) => setText(event.target.value)}
        />
        {change.refusal && <FormError>{change.refusal.message}</FormError>}
        <div className="row">
          <Button variant="primary" type="submit" disabled={change.pending}>
            {t("save")}
          </Button>
          <Button
            variant="quiet"
            disabled={change.pending}
            onClick={async () => {
              if (await change.run({ id: replay.id, chapters: null })) onClose();
            }}
          >
            {t("chapter.agenda")}
          </Button>
          <Button variant="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
