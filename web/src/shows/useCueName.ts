import { useCallback } from "react";
import type { Cue } from "./show.ts";
import { useText } from "./text.ts";

/** What names are looked up in. */
export interface Named {
  sessions: readonly { id: string; title: string }[];
  rooms: readonly { id: string; name: string }[];
}

/** How a cue is called: the crew's own name, or what it does. */
export function useCueName(event: Named): (cue: Cue) => string {
  const { t } = useText();
  return useCallback(
    (cue) => {
      if (cue.title) return cue.title;
      const session = event.sessions.find(({ id }) => id === cue.session)?.title;
      const room = event.rooms.find(({ id }) => id === cue.room)?.name;
      const about =
        cue.kind === "ANNOUNCE"
          ? cue.text
          : cue.kind === "START_SESSION" || cue.kind === "END_SESSION"
            ? session
            : (room ?? cue.text);
      return about ? t("named", { kind: t(`kind.${cue.kind}`), about }) : t(`kind.${cue.kind}`);
    },
    [event, t],
  );
}
