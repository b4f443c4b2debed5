import { useEffect, useMemo, useState } from "react";
import { RoomCaptionsDocument } from "../gql/graphql.ts";
import { send } from "../platform/graph/send.ts";
import type { LiveRoom } from "../rooms/live.ts";
import type { Caption, Frame } from "../rooms/wire.ts";
import { CaptionScreen } from "./screen.ts";
import { choose, useCaptionSettings } from "./settings.ts";

/** How often the screen is looked at while there is something on it. */
const LOOK_MS = 250;

/** A thousand people who come at once ask over this time. */
const SPREAD_MS = 2_000;

export interface LiveCaptions {
  /** Languages there are; empty while nobody captions. */
  languages: string[];
  /** The one that is shown. */
  language: string | undefined;
  /** What stands on the screen now, the newer below. */
  shown: Caption[];
  /** What was said so far, oldest first: for a view of captions only. */
  said: Caption[];
}

/**
 * The captions of a room's stage, timed to its player.
 * @param playing the moment of the stage that the player shows, in Unix milliseconds; undefined when it does not know
 * @param always captions are all that is shown, whatever was chosen
 */
export function useLiveCaptions(
  live: LiveRoom,
  broadcast: string | null | undefined,
  playing?: () => number | undefined,
  always = false,
): LiveCaptions {
  const settings = useCaptionSettings();
  const reading = always || settings.on;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another broadcast begins with an empty screen
  const screen = useMemo(() => new CaptionScreen(), [broadcast]);
  const [known, setKnown] = useState<readonly string[]>([]);
  const [now, setNow] = useState(0);
  const languages = [...new Set([...known, ...screen.languages])].sort();
  const language = choose(languages, settings.language);

  useEffect(
    () =>
      live.hear<Frame>("Frame", (frame) => {
        if (frame.room !== live.room || !frame.captions?.length) return;
        for (const caption of frame.captions) screen.take(caption, playing?.(), Date.now());
        setNow(Date.now());
      }),
    [live, screen, playing],
  );

  // Whoever reads captions and comes in the middle is told what was said a moment ago; not all of a crowd at the same time.
  useEffect(() => {
    if (!broadcast || !reading) return;
    let over = false;
    const ask = () =>
      send(RoomCaptionsDocument, { room: live.room, language: language ?? "en" })
        .then(({ room }) => {
          const found = room?.stage?.broadcast;
          if (over || found?.id !== broadcast) return;
          setKnown(found.captionLanguages);
          for (const line of found.captions) {
            screen.remember({ ...line, at: Date.parse(line.at), until: Date.parse(line.until), final: true });
          }
        })
        .catch(() => undefined);
    const later = setTimeout(ask, Math.random() * SPREAD_MS);
    return () => {
      over = true;
      clearTimeout(later);
    };
  }, [broadcast, live.room, screen, language, reading]);

  useEffect(() => {
    if (!reading) return;
    const look = setInterval(() => setNow(Date.now()), LOOK_MS);
    return () => clearInterval(look);
  }, [reading]);

  return {
    languages,
    language,
    shown: reading ? screen.shown(language, now) : [],
    said: screen.said(language, now),
  };
}
