import { type FormEvent, useRef, useState } from "react";
import { type DeskReplayFragment, TrimReplayDocument } from "../gql/graphql.ts";
import { useAction } from "../organize/useAction.ts";
import { Button, Dialog, FormError, TextField } from "../platform/components/index.ts";
import { clock } from "../rooms/time.ts";
import { useReplayVideo } from "../stage/useReplayVideo.ts";
import { useText } from "./text.ts";
import { secondsOf } from "./times.ts";

/** Where a replay begins and ends, chosen while watching the whole recording. */
export function TrimDialog({ replay, onClose }: { replay: DeskReplayFragment; onClose: () => void }) {
  const { t } = useText();
  const whole = replay.editing?.recordedSeconds ?? replay.durationSeconds;
  const [from, setFrom] = useState(clock((replay.editing?.startSeconds ?? 0) * 1000));
  const [to, setTo] = useState(clock(Math.ceil(replay.editing?.endSeconds ?? whole) * 1000));
  const video = useRef<HTMLVideoElement>(null);
  const state = useReplayVideo(video, replay.editing?.recordingUrl ?? "", whole);
  const trim = useAction(TrimReplayDocument);
  const [start, end] = [secondsOf(from), secondsOf(to)];
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (start === undefined || end === undefined) return;
    if (await trim.run({ id: replay.id, startSeconds: start, endSeconds: end })) onClose();
  };
  return (
    <Dialog open onClose={onClose} title={t("trimming.title")} wide>
      <form className="replays-form" onSubmit={save}>
        <p className="small muted">{t("trimming.text")}</p>
        {/* biome-ignore lint/a11y/useMediaCaption: a picture to find a place in, for the crew */}
        <video ref={video} className="replays-preview" controls playsInline aria-label={t("trimming.preview")} />
        <div className="replays-two">
          <div>
            <TextField
              label={t("trimming.from")}
              value={from}
              error={start === undefined ? t("trimming.format") : undefined}
              onChange={(event) => setFrom(event.target.value)}
            />
            <Button variant="ghost" size="sm" onClick={() => setFrom(clock(state.time * 1000))}>
              {t("trimming.fromHere")}
            </Button>
          </div>
          <div>
            <TextField
              label={t("trimming.to")}
              value={to}
              error={end === undefined ? t("trimming.format") : undefined}
              onChange={(event) => setTo(event.target.value)}
            />
            <Button variant="ghost" size="sm" onClick={() => setTo(clock(state.time * 1000))}>
              {t("trimming.toHere")}
            </Button>
          </div>
        </div>
        {trim.refusal && <FormError>{trim.refusal.message}</FormError>}
        <div className="row">
          <Button variant="primary" type="submit" disabled={trim.pending}>
            {t("save")}
          </Button>
          <Button
            variant="quiet"
            onClick={() => {
              setFrom(clock(0));
              setTo(clock(Math.ceil(whole) * 1000));
            }}
          >
            {t("trimming.whole")}
          </Button>
          <Button variant="ghost" onClick={onClose}>
            {t("cancel")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
