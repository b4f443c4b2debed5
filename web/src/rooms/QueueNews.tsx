import { useEffect, useRef, useState } from "react";
import { numbersOf, waitOf } from "./queue.ts";
import { useText } from "./text.ts";
import type { Place } from "./wire.ts";

/** A place that moves is not read out more often than this. */
const NEWS_MS = 15_000;

/** For those who hear the page: their place in line now and then, and that they are in. */
export function QueueNews({ place }: { place: Place | undefined }) {
  const { t } = useText();
  const [waited, setWaited] = useState(false);
  useEffect(() => {
    if (place) setWaited(true);
  }, [place]);
  const wait = place && waitOf(place);
  const news = place
    ? t("queue.spoken", { ...numbersOf(place), wait: wait ? t(`queue.${wait.unit}`, { count: wait.count }) : "" })
    : waited
      ? t("queue.in")
      : "";
  return (
    <p className="sr" role="status" data-testid="queue-news">
      {useNowAndThen(news, place ? NEWS_MS : 0)}
    </p>
  );
}

/** Follows a text, changing at most that often. */
function useNowAndThen(text: string, everyMs: number): string {
  const [said, setSaid] = useState("");
  const at = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const say = () => {
      if (text) at.current = Date.now();
      setSaid(text);
    };
    const timer = setTimeout(say, Math.max(0, at.current + everyMs - Date.now()));
    return () => clearTimeout(timer);
  }, [text, everyMs]);
  return said;
}
