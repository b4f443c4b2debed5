import { useEffect, useState } from "react";
import { loudness } from "./devices.ts";
import { useDeviceText } from "./text.ts";

const STEPS = 20;
const LOOK_MS = 100;
/** From here on it is loud. */
const HOT = 17;
/** Above this, somebody spoke. */
const HEARD = 0.3;

/** Loudness now, in steps of twenty. */
export function LevelMeter({ analyser, muted }: { analyser: AnalyserNode | undefined; muted?: boolean }) {
  const { t } = useDeviceText();
  const level = Math.round(useLoudness(analyser) * STEPS * (muted ? 0 : 1));
  return (
    <div
      className="meter"
      role="meter"
      aria-label={t("level")}
      aria-valuemin={0}
      aria-valuemax={STEPS}
      aria-valuenow={level}
    >
      {Array.from({ length: STEPS }, (_, step) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the steps have no identity
        <i key={step} className={step < level ? (step >= HOT ? "hot" : "on") : ""} />
      ))}
    </div>
  );
}

function useLoudness(analyser: AnalyserNode | undefined): number {
  const [level, setLevel] = useState(0);
  useEffect(() => {
    if (!analyser) return setLevel(0);
    const timer = setInterval(() => setLevel(Math.round(loudness(analyser) * STEPS) / STEPS), LOOK_MS);
    return () => clearInterval(timer);
  }, [analyser]);
  return level;
}

/** Whether anything was heard from this microphone yet. */
export function useHeard(analyser: AnalyserNode | undefined): boolean {
  const [heard, setHeard] = useState(false);
  useEffect(() => {
    if (heard || !analyser) return;
    const timer = setInterval(() => loudness(analyser) > HEARD && setHeard(true), LOOK_MS);
    return () => clearInterval(timer);
  }, [analyser, heard]);
  return heard;
}
