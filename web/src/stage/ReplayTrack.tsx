import { type KeyboardEvent, type PointerEvent, useMemo, useRef } from "react";
import { clock } from "../rooms/time.ts";
import { useText } from "./text.ts";

/** The messages' curve has this many points. */
const POINTS = 96;
const HEAT_HEIGHT = 34;
const STEP_S = 5;
const LEAP_S = 30;

interface ReplayTrackProps {
  time: number;
  duration: number;
  /** When messages were written, in seconds. */
  moments: readonly number[];
  chapters?: readonly Chapter[];
  onSeek: (time: number) => void;
}

/** Where the replay stands, and where people had something to say. */
export function ReplayTrack({ time, duration, moments, chapters = [], onSeek }: ReplayTrackProps) {
  const { t } = useText();
  const track = useRef<HTMLDivElement>(null);
  const heat = useMemo(() => heatOf(moments, duration), [moments, duration]);
  const part = duration > 0 ? Math.min(1, time / duration) : 0;
  const seek = (to: number) => onSeek(Math.min(duration, Math.max(0, to)));
  const point = (event: PointerEvent) => {
    const box = track.current?.getBoundingClientRect();
    if (!box || (event.type === "pointermove" && !(event.buttons & 1))) return;
    const along = (event.clientX - box.left) / box.width;
    seek((document.dir === "rtl" ? 1 - along : along) * duration);
  };
  const keys = (event: KeyboardEvent) => {
    const to = {
      ArrowRight: time + STEP_S,
      ArrowUp: time + STEP_S,
      ArrowLeft: time - STEP_S,
      ArrowDown: time - STEP_S,
      PageUp: time + LEAP_S,
      PageDown: time - LEAP_S,
      Home: 0,
      End: duration,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    seek(to);
  };
  return (
    <div
      className="track"
      ref={track}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        point(event);
      }}
      onPointerMove={point}
    >
      {heat && (
        <svg
          className="heat"
          viewBox={`0 0 1000 ${HEAT_HEIGHT}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={t("replay.heat", { at: clock(heat.peak * 1000) })}
        >
          <path d={heat.path} fill="var(--accent)" opacity=".22" />
        </svg>
      )}
      <div className="chs" aria-hidden="true">
        {piecesOf(chapters, duration).map(({ from, to }) => {
          const played = Math.min(1, Math.max(0, (time - from) / (to - from)));
          return <i key={from} style={{ flex: to - from, "--p": `${played * 100}%` } as React.CSSProperties} />;
        })}
      </div>
      <span
        className="at"
        style={{ left: `${part * 100}%` }}
        role="slider"
        tabIndex={0}
        aria-label={t("replay.position")}
        aria-valuemin={0}
        aria-valuemax={Math.round(duration)}
        aria-valuenow={Math.round(time)}
        aria-valuetext={t("replay.positionText", { at: clock(time * 1000), total: clock(duration * 1000) })}
        onKeyDown={keys}
      />
    </div>
  );
}

/** Where something begins in a replay. */
export interface Chapter {
  atSeconds: number;
  title: string;
}

/** The chapter that is played at this second, by its place; -1 before the first. */
export function chapterAt(chapters: readonly Chapter[], time: number): number {
  return chapters.findLastIndex((chapter) => chapter.atSeconds <= time + 0.05);
}

/** The replay in the pieces that chapters cut it into; one piece without any. */
export function piecesOf(chapters: readonly Chapter[], duration: number): { from: number; to: number }[] {
  const borders = [
    0,
    ...chapters.map((chapter) => chapter.atSeconds).filter((at) => at > 0.5 && at < duration),
    duration,
  ];
  return borders
    .slice(1)
    .map((to, index) => ({ from: borders[index] ?? 0, to: Math.max(to, (borders[index] ?? 0) + 0.001) }));
}

/** A curve of how much was written when; undefined when nothing was. */
export function heatOf(moments: readonly number[], duration: number): { path: string; peak: number } | undefined {
  if (moments.length === 0 || duration <= 0) return undefined;
  const counts = new Array<number>(POINTS).fill(0);
  for (const moment of moments) {
    const index = Math.min(POINTS - 1, Math.max(0, Math.floor((moment / duration) * POINTS)));
    counts[index] = (counts[index] ?? 0) + 1;
  }
  // A message warms its neighbourhood, so that the curve reads as one.
  const smooth = counts.map((count, at) => count + ((counts[at - 1] ?? 0) + (counts[at + 1] ?? 0)) / 2);
  const most = Math.max(...smooth);
  const points = smooth.map((value, at) => {
    const x = Math.round((at / (POINTS - 1)) * 1000);
    const y = HEAT_HEIGHT - 2 - (value / most) * (HEAT_HEIGHT - 6);
    return `L${x} ${y.toFixed(1)}`;
  });
  return {
    path: `M0 ${HEAT_HEIGHT} ${points.join(" ")} L1000 ${HEAT_HEIGHT}Z`,
    peak: (smooth.indexOf(most) / (POINTS - 1)) * duration,
  };
}
