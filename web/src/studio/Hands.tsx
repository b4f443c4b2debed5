import { Button, Icon } from "../platform/components/index.ts";
import { clock, useNow } from "../rooms/time.ts";
import type { StageHand } from "../stage/plan.ts";
import type { Director } from "./director.ts";
import { useText } from "./text.ts";

interface HandsProps {
  hands: readonly StageHand[];
  direct: Director;
}

/** Attendees who want to speak, as they came: ask one to come, or let the hand down. */
export function Hands({ hands, direct }: HandsProps) {
  const { t } = useText();
  const now = useNow();
  if (hands.length === 0) return null;
  const inOrder = [...hands].sort((a, b) => a.at - b.at);
  return (
    <section className="hands" aria-labelledby="hands-title">
      <p className="ttl">
        <span id="hands-title">{t("hands.title")}</span>
        <span className="count new">{hands.length}</span>
      </p>
      <ul>
        {inOrder.map(({ person, name, at, state }) => (
          <li key={person} data-state={state}>
            <Icon name="hand" size="sm" />
            <div className="grow">
              <p className="strong trunc">{name}</p>
              <p className="tiny muted">
                {state === "raised" ? t("hands.since", { time: clock(now - at) }) : t(`hands.${state}`)}
              </p>
            </div>
            {state === "raised" && (
              <Button
                variant="quiet"
                size="sm"
                aria-label={t("hands.askName", { name })}
                onClick={() => direct.ask(person)}
              >
                {t("hands.ask")}
              </Button>
            )}
            <Button
              variant="ghost"
              size="sm"
              icon
              aria-label={t("hands.lowerName", { name })}
              onClick={() => direct.lower(person)}
            >
              <Icon name="x" size="sm" />
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
