import { useOnReturn, useTold } from "../attend/index.ts";
import { Icon } from "../platform/components/index.ts";
import { useNow } from "../rooms/time.ts";
import { AppealButton, useConduct, Words } from "./conduct.tsx";
import "./moderation.css";

/** A quiet line in a room for whoever is muted: until when, why, and what they can say about it. */
export default function MutedLine({ event, room }: { event: string; room: string }) {
  const { mine, refresh } = useConduct(event);
  useTold(event, "conduct", refresh);
  useOnReturn(event, refresh);
  const now = useNow();
  const muted = mine.find(
    (one) => one.kind === "MUTE" && (!one.room || one.room === room) && (!one.until || one.until > now),
  );
  return (
    <div role="status">
      {muted && (
        <div className="next own-conduct" data-testid="muted">
          <Icon name="shield" />
          <Words restriction={muted} />
          <AppealButton restriction={muted} onDone={refresh} />
        </div>
      )}
    </div>
  );
}
