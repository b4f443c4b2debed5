import { useEffect, useRef, useState } from "react";
import { Ring } from "../platform/components/index.ts";
import { clockText, markPassed, secondsLeft, shareLeft } from "./clock.ts";
import { useText } from "./text.ts";
import { useServerNow } from "./useServerNow.ts";

interface ClockProps {
  /** Moment of the server's clock; undefined while the clock stands still. */
  until: number | undefined;
  /** What it shows meanwhile, in milliseconds. */
  stillMs?: number | null | undefined;
  /** How long it runs in all. */
  totalMs: number;
  size: number;
  width: number;
  /** Under the number. */
  label?: string;
  className?: string;
}

/** A ring that runs out with the server's time, and the time in figures. */
export function Clock({ until, stillMs, totalMs, size, width, label, className }: ClockProps) {
  const { t } = useText();
  const now = useServerNow();
  const seconds = until === undefined ? undefined : secondsLeft(until, now);
  return (
    <div
      className={className}
      role="timer"
      aria-label={seconds === undefined ? t("stopped") : t("secondsLeft", { count: seconds })}
    >
      <Ring left={until === undefined ? 1 : shareLeft(until, now, totalMs)} size={size} width={width}>
        <div className="t">
          <span className="num">{clockText(seconds ?? Math.ceil((stillMs ?? 0) / 1000))}</span>
          {label && <small className="tiny muted">{label}</small>}
        </div>
      </Ring>
    </div>
  );
}

/** Tells a screen reader a few times what the ring shows, and leaves it in peace in between. */
export function ClockWords({ until, words }: { until: number | undefined; words: (seconds: number) => string }) {
  const now = useServerNow();
  const seconds = until === undefined ? undefined : secondsLeft(until, now);
  const before = useRef<number>(undefined);
  const [said, setSaid] = useState("");
  useEffect(() => {
    const mark = seconds === undefined ? undefined : markPassed(before.current, seconds);
    before.current = seconds;
    if (mark !== undefined) setSaid(words(mark));
  }, [seconds, words]);
  return (
    <p className="sr" role="status">
      {said}
    </p>
  );
}
