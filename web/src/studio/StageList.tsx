import { useState } from "react";
import { Badge, Button, Icon } from "../platform/components/index.ts";
import type { IconName } from "../platform/icons/names.ts";
import type { Plan, Spot } from "../stage/plan.ts";
import type { Director } from "./director.ts";
import { LowerThirdDialog } from "./LowerThirdDialog.tsx";
import { useText } from "./text.ts";

const KINDS: Record<Spot["kind"], IconName> = { person: "people", screen: "screen", slides: "slides", clip: "play" };

/** Who and what is on stage, in order, and what can be done about each. */
export function StageList({ plan, direct }: { plan: Plan; direct: Director }) {
  const { t } = useText();
  const [named, setNamed] = useState<Spot>();
  const move = (at: number, step: number) => {
    const spots = plan.on.map(({ spot }) => spot);
    const [moved] = spots.splice(at, 1);
    if (!moved) return;
    spots.splice(at + step, 0, moved);
    direct.order(spots);
  };
  if (plan.on.length === 0) {
    return (
      <div className="empty stage-empty">
        <p className="h4">{t("list.empty")}</p>
        <p className="small">{t("list.emptyText")}</p>
      </div>
    );
  }
  return (
    <div className="scroll">
      <ol className="stage-list" aria-label={t("list.label")}>
        {plan.on.map((on, at) => {
          const spot = { ...on, name: on.name || t(`list.kind.${on.kind}`) };
          return (
            <li key={spot.spot} data-testid="on-stage" data-person={spot.person}>
              <div className="row">
                <Icon name={KINDS[spot.kind]} size="sm" />
                <div className="grow">
                  <p className="strong trunc">{spot.name}</p>
                  <p className="tiny muted trunc">
                    {spot.title ?? (on.name && on.kind !== "person" && t(`list.kind.${on.kind}`))}
                  </p>
                </div>
                {spot.muted && (
                  <Badge tone="warning" icon="micoff">
                    {t("tile.muted")}
                  </Badge>
                )}
                <Button
                  variant="danger-line"
                  size="sm"
                  pending={direct.pending.has(`takeOff ${spot.spot}`)}
                  aria-label={t("list.takeOffName", { name: spot.name })}
                  onClick={() => direct.takeOff(spot.spot)}
                >
                  {t("list.takeOff")}
                </Button>
              </div>
              <div className="row list-tools">
                <Tool icon="up" label={t("list.up", { name: spot.name })} off={at === 0} onPress={() => move(at, -1)} />
                <Tool
                  icon="down"
                  label={t("list.down", { name: spot.name })}
                  off={at === plan.on.length - 1}
                  onPress={() => move(at, 1)}
                />
                {spot.kind === "person" && spot.person && (
                  <>
                    <Tool
                      icon={spot.muted ? "micoff" : "mic"}
                      label={spot.muted ? t("list.unmute", { name: spot.name }) : t("list.mute", { name: spot.name })}
                      pressed={spot.muted}
                      onPress={() => direct.mute(spot.person ?? "", !spot.muted)}
                    />
                    <Button
                      variant={spot.lowerThird ? "solid" : "quiet"}
                      size="sm"
                      aria-pressed={spot.lowerThird}
                      aria-label={t("list.lowerThird", { name: spot.name })}
                      onClick={() => direct.lowerThird(spot.spot, { shown: !spot.lowerThird })}
                    >
                      {t("list.name")}
                    </Button>
                    <Tool icon="edit" label={t("list.editName", { name: spot.name })} onPress={() => setNamed(spot)} />
                  </>
                )}
              </div>
            </li>
          );
        })}
      </ol>
      <LowerThirdDialog spot={named} direct={direct} onClose={() => setNamed(undefined)} />
    </div>
  );
}

interface ToolProps {
  icon: IconName | "up";
  label: string;
  off?: boolean;
  pressed?: boolean;
  onPress: () => void;
}

function Tool({ icon, label, off, pressed, onPress }: ToolProps) {
  return (
    <Button
      variant="quiet"
      size="sm"
      icon
      aria-label={label}
      aria-pressed={pressed}
      disabled={off}
      className={icon === "up" ? "turned" : undefined}
      onClick={onPress}
    >
      <Icon name={icon === "up" ? "down" : icon} size="sm" />
    </Button>
  );
}
