import "./captions.css";
import { useEffect, useRef } from "react";
import type { LiveRoom } from "../rooms/live.ts";
import { nameOf, useCaptionSettings } from "./settings.ts";
import { useText } from "./text.ts";
import { useLiveCaptions } from "./useLiveCaptions.ts";

/** The stage as text alone: everything that was said, the newest below. For weak connections, and for whoever would rather read. */
export function CaptionsOnly({ live, broadcast }: { live: LiveRoom; broadcast: string | null | undefined }) {
  const { t } = useText();
  const { size } = useCaptionSettings();
  const { language, said, shown } = useLiveCaptions(live, broadcast, undefined, true);
  const log = useRef<HTMLDivElement>(null);
  const guess = shown.findLast((line) => !line.final);
  const count = said.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: follows what is said
  useEffect(() => {
    log.current?.scrollTo({ top: log.current.scrollHeight });
  }, [count]);
  return (
    <div
      className="captions-only"
      data-size={size}
      ref={log}
      role="log"
      aria-label={t("screen", { language: language ? nameOf(language) : "" })}
      lang={language}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
      tabIndex={0}
    >
      {said.length === 0 && !guess && <p className="soft">{t("onlyWait")}</p>}
      {said.map((line) => (
        <p key={line.id} dir="auto">
          {line.speaker && <b>{line.speaker}: </b>}
          {line.text}
        </p>
      ))}
      {guess && (
        <p className="soft" dir="auto">
          {guess.text}
        </p>
      )}
    </div>
  );
}
