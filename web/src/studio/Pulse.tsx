import { useEffect, useRef, useState } from "react";
import { formatNumber } from "../platform/time/format.ts";
import type { LiveRoom } from "../rooms/live.ts";
import { useText } from "./text.ts";

/** Each bar counts the reactions of this long, and there are so many bars: two minutes in sight. */
export const BAR_MS = 8_000;
export const BARS = 15;

/** Reactions in time: every tick begins a new bar and lets the oldest go. Pure, so that it can be tested. */
export function ticked(bars: readonly number[]): number[] {
  return [...bars.slice(1), 0];
}

export function counted(bars: readonly number[], reactions: number): number[] {
  return bars.map((bar, at) => (at === bars.length - 1 ? bar + reactions : bar));
}

/** Heights from 0 to 1, against the busiest bar; a quiet room is not blown up. */
export function heights(bars: readonly number[]): number[] {
  const most = Math.max(5, ...bars);
  return bars.map((bar) => bar / most);
}

/** How the audience is moved: their reactions over the last two minutes. */
export function Pulse({ live }: { live: LiveRoom }) {
  const { t } = useText();
  const [bars, setBars] = useState(() => Array.from({ length: BARS }, () => 0));
  const gathered = useRef(0);
  useEffect(() => {
    const stop = live.onReactions((counts) => {
      gathered.current += Object.values(counts).reduce((sum, count) => sum + (count ?? 0), 0);
    });
    let since = Date.now();
    const timer = setInterval(() => {
      const more = gathered.current;
      gathered.current = 0;
      const next = Date.now() - since >= BAR_MS;
      if (next) since = Date.now();
      if (more > 0 || next) setBars((before) => (next ? ticked(counted(before, more)) : counted(before, more)));
    }, 1_000);
    return () => {
      stop();
      clearInterval(timer);
    };
  }, [live]);
  const minute = bars.slice(-Math.round(60_000 / BAR_MS)).reduce((sum, bar) => sum + bar, 0);
  return (
    <div className="pulse-box">
      <p className="tiny muted">{t("pulse.title")}</p>
      <div className="pulse" role="img" aria-label={t("pulse.words", { count: minute, number: formatNumber(minute) })}>
        {heights(bars).map((height, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: bars have no identity, they pass
          <i key={at} style={{ height: `${Math.max(4, height * 100)}%` }} />
        ))}
      </div>
    </div>
  );
}
