import { initials } from "../../platform/components/Avatar.tsx";
import { pictureOf } from "../../platform/design/art.ts";
import type { LandingEvent } from "../event.ts";
import { useText } from "../text.ts";

export function Speakers({ speakers }: { speakers: LandingEvent["speakers"] }) {
  const { t } = useText();
  if (speakers.length === 0) return null;
  return (
    <section className="sec" id="speakers" aria-labelledby="speakers-title">
      <h2 className="h2" id="speakers-title">
        {t("whoYouWillHear")}
      </h2>
      <ul className="spk">
        {speakers.map((speaker) => {
          const picture = pictureOf(speaker);
          return (
            <li key={speaker.id}>
              {picture ? (
                <img src={picture} alt="" width="96" height="96" loading="lazy" />
              ) : (
                <span className="mono" aria-hidden="true">
                  {initials(speaker.name)}
                </span>
              )}
              <p className="strong">{speaker.name}</p>
              <p className="tiny">{speaker.headline}</p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
