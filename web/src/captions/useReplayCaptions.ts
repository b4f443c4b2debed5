import { useCallback, useEffect, useState } from "react";
import { ReplayCaptionsDocument } from "../gql/graphql.ts";
import { send } from "../platform/graph/send.ts";
import type { ReplayLine } from "./screen.ts";
import { choose, useCaptionSettings } from "./settings.ts";

interface Replay {
  id: string;
  captionTracks: readonly { language: string }[];
}

export interface ReplayCaptions {
  languages: string[];
  language: string | undefined;
  lines: readonly ReplayLine[];
  /** Shows a correction that the server has. */
  correct: (id: string, text: string) => void;
}

/** The lines of a replay in the language of the person. */
export function useReplayCaptions(replay: Replay): ReplayCaptions {
  const settings = useCaptionSettings();
  const languages = replay.captionTracks.map((track) => track.language);
  const language = choose(languages, settings.language);
  const [lines, setLines] = useState<readonly ReplayLine[]>([]);
  useEffect(() => {
    setLines([]);
    if (!language) return;
    let over = false;
    void send(ReplayCaptionsDocument, { id: replay.id, language })
      .then((answer) => {
        if (!over) setLines(answer.replay?.captions ?? []);
      })
      .catch(() => undefined);
    return () => {
      over = true;
    };
  }, [replay.id, language]);
  const correct = useCallback(
    (id: string, text: string) => setLines((now) => now.map((line) => (line.id === id ? { ...line, text } : line))),
    [],
  );
  return { languages, language, lines, correct };
}
