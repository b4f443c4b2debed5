import { useRef, useState } from "react";
import { RemoveClipDocument } from "../gql/graphql.ts";
import { Button, Dialog, FormError, Icon } from "../platform/components/index.ts";
import { refusalOf } from "../platform/graph/refusal.ts";
import { send } from "../platform/graph/send.ts";
import { clock } from "../rooms/time.ts";
import { acceptedClips, uploadClip } from "./clips.ts";
import { useText } from "./text.ts";
import type { Backstage } from "./useBackstage.ts";

interface ClipDialogProps {
  open: boolean;
  backstage: Backstage;
  onClose: () => void;
}

/** Videos that were made before: bring one, roll it for everybody, stop it. */
export function ClipDialog({ open, backstage, onClose }: ClipDialogProps) {
  const { t } = useText();
  const [loop, setLoop] = useState(false);
  const [problem, setProblem] = useState<string>();
  const { room, plan, direct, refresh } = backstage;
  const clips = room.stage?.clips ?? [];
  const remove = async (id: string) => {
    setProblem(undefined);
    await send(RemoveClipDocument, { id }).catch((error: unknown) => setProblem(refusalOf(error).message));
    refresh();
  };
  return (
    <Dialog open={open} onClose={onClose} title={t("clip.title")} kind="sheet">
      <div className="stack">
        {problem && <FormError>{problem}</FormError>}
        <ul className="kept">
          {clips.map(({ id, name, seconds, video }) => {
            const rolling = plan.clip?.id === id;
            return (
              <li key={id} data-testid="clip">
                <Icon name={video ? "play" : "speaker"} />
                <div className="grow">
                  <p className="strong trunc">{name}</p>
                  <p className="tiny muted num">
                    {video ? clock(seconds * 1000) : t("clip.music", { time: clock(seconds * 1000) })}
                  </p>
                </div>
                {video && (
                  <Button
                    variant={rolling ? "quiet" : "primary"}
                    size="sm"
                    aria-label={rolling ? t("clip.stopName", { name }) : t("clip.rollName", { name })}
                    onClick={() => direct.clip(rolling ? undefined : { id, loop })}
                  >
                    {rolling ? t("clip.stop") : t("clip.roll")}
                  </Button>
                )}
                {!rolling && (
                  <Button
                    variant="ghost"
                    size="sm"
                    icon
                    aria-label={t("clip.remove", { name })}
                    onClick={() => void remove(id)}
                  >
                    <Icon name="x" size="sm" />
                  </Button>
                )}
              </li>
            );
          })}
        </ul>
        {clips.length === 0 && <p className="muted small">{t("clip.empty")}</p>}
        <label className="switch small">
          <input type="checkbox" checked={loop} onChange={(event) => setLoop(event.target.checked)} />
          <span>{t("clip.loop")}</span>
        </label>
        <ClipUpload room={room.id} onDone={refresh} onProblem={setProblem} />
      </div>
    </Dialog>
  );
}

interface ClipUploadProps {
  room: string;
  onDone: () => void;
  onProblem: (problem: string | undefined) => void;
}

function ClipUpload({ room, onDone, onProblem }: ClipUploadProps) {
  const { t } = useText();
  const field = useRef<HTMLInputElement>(null);
  const [percent, setPercent] = useState<number>();
  const take = async (file: File) => {
    onProblem(undefined);
    setPercent(0);
    try {
      await uploadClip(room, file, setPercent);
      onDone();
    } catch (error) {
      onProblem((error instanceof Error && error.message) || t("clip.failed"));
    } finally {
      setPercent(undefined);
    }
  };
  return (
    <>
      <input
        ref={field}
        type="file"
        hidden
        aria-label={t("clip.upload")}
        accept={acceptedClips}
        data-testid="clip-file"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file) void take(file);
        }}
      />
      <Button variant="line" block pending={percent !== undefined} onClick={() => field.current?.click()}>
        <Icon name="plus" />
        {percent === undefined ? t("clip.upload") : t("clip.uploading", { percent })}
      </Button>
    </>
  );
}
