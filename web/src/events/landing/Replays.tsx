import { Link } from "wouter";
import { Icon } from "../../platform/components/Icon.tsx";
import { coverArt } from "../../platform/design/art.ts";
import type { LandingEvent } from "../event.ts";
import { useText } from "../text.ts";

export function Replays({ event }: { event: LandingEvent }) {
  const { t } = useText();
  if (event.replays.length === 0) return null;
  return (
    <section className="sec" id="replays" aria-labelledby="replays-title">
      <h2 className="h2" id="replays-title">
        {t("replays")}
      </h2>
      <ul className="cards">
        {event.replays.map((replay) => (
          <li key={replay.id}>
            <Link href={`/e/${event.slug}/replays/${replay.id}`}>
              <span className="ph">
                <img src={event.coverUrl ?? coverArt(cover(event.coverArt))} alt="" loading="lazy" />
                <span className="badge num">
                  <Icon name="play" />
                  {clock(replay.durationSeconds)}
                </span>
              </span>
              <b className="strong">{replay.title}</b>
              <span className="small muted">{[replay.speakerName, replay.room.name].filter(Boolean).join(", ")}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The hall has no ground of its own; on a card its twin with one is shown. */
function cover(key: string): string {
  return key === "hall" ? "cover" : key;
}

/** `48:10`, `1:02:03` */
function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, at) => (at === 0 ? String(part) : String(part).padStart(2, "0"))).join(":");
}
