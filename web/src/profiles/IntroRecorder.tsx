import { useEffect, useRef, useState } from "react";
import { Mending, type Trouble } from "../devices/Mending.tsx";
import { SelfView } from "../devices/SelfView.tsx";
import { useDevice } from "../devices/useDevices.ts";
import { Button } from "../platform/components/Button.tsx";
import { Dialog } from "../platform/components/Dialog.tsx";
import { FormError } from "../platform/components/Field.tsx";
import { LONGEST_SECONDS, type Recording, record } from "./recorder.ts";
import { useText } from "./text.ts";

interface IntroRecorderProps {
  name: string;
  onClose: () => void;
  onRecorded: (video: Blob) => void;
}

/** Camera on, half a minute, a look at it, and only then others get it. */
export function IntroRecorder({ name, onClose, onRecorded }: IntroRecorderProps) {
  const { t } = useText();
  const [taken, setTaken] = useState<{ video: Blob; url: string; seconds: number }>();
  const camera = useDevice("camera", taken === undefined);
  const microphone = useDevice("microphone", taken === undefined);
  const recording = useRef<Recording>(undefined);
  const [left, setLeft] = useState<number>();
  const [broken, setBroken] = useState(false);
  const url = taken?.url;

  useEffect(() => () => recording.current?.stop(), []);
  useEffect(() => (url ? () => URL.revokeObjectURL(url) : undefined), [url]);

  const tracks = [...(camera.stream?.getTracks() ?? []), ...(microphone.stream?.getTracks() ?? [])];
  const ready = camera.stream !== undefined && microphone.stream !== undefined;
  const start = () => {
    setBroken(false);
    setLeft(LONGEST_SECONDS);
    const started = performance.now();
    const mine = record(tracks, setLeft);
    recording.current = mine;
    mine.done.then(
      (video) => {
        if (recording.current !== mine) return;
        const seconds = Math.min(LONGEST_SECONDS, Math.round((performance.now() - started) / 1000));
        setTaken({ video, url: URL.createObjectURL(video), seconds });
        setLeft(undefined);
      },
      () => {
        setBroken(true);
        setLeft(undefined);
      },
    );
  };
  const close = () => {
    recording.current = undefined;
    onClose();
  };
  const troubles: Trouble[] = [
    ...(camera.trouble ? [{ about: "camera" as const, why: camera.trouble, again: () => camera.choose() }] : []),
    ...(microphone.trouble
      ? [{ about: "microphone" as const, why: microphone.trouble, again: () => microphone.choose() }]
      : []),
  ];
  const trouble = troubles.length > 0;
  return (
    <Dialog
      open
      onClose={close}
      title={t("intro.title")}
      wide
      actions={
        taken ? (
          <>
            <Button variant="line" onClick={() => setTaken(undefined)}>
              {t("intro.again")}
            </Button>
            <Button variant="primary" onClick={() => onRecorded(taken.video)}>
              {t("intro.use")}
            </Button>
          </>
        ) : left === undefined ? (
          <Button variant="primary" disabled={!ready} onClick={start}>
            {t("intro.start")}
          </Button>
        ) : (
          <Button variant="danger" onClick={() => recording.current?.stop()}>
            {t("intro.stop")}
          </Button>
        )
      }
    >
      <div className="recorder">
        {taken ? (
          // biome-ignore lint/a11y/useMediaCaption: one's own words, just said
          <video className="intro" src={taken.url} controls playsInline aria-label={t("intro.play")} />
        ) : (
          <SelfView
            stream={camera.stream}
            name={name}
            cameraOn={camera.stream !== undefined}
            muted={!microphone.stream}
          >
            {left !== undefined && (
              <span className="badge live rec" aria-hidden="true">
                <i className="dot" />
                {t("intro.left", { count: left })}
              </span>
            )}
          </SelfView>
        )}
        <p className="small muted" role="status">
          {taken
            ? t("intro.recorded", { count: taken.seconds })
            : left !== undefined
              ? t("intro.recording")
              : ready
                ? t("intro.text")
                : !trouble && t("intro.camera")}
        </p>
        {trouble && <Mending troubles={troubles} />}
        {broken && <FormError>{t("intro.failedRecording")}</FormError>}
      </div>
    </Dialog>
  );
}
