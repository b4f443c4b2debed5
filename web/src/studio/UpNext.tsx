import { useMemo } from "react";
import { Button, Icon, Ring } from "../platform/components/index.ts";
import { clock, useNow } from "../rooms/time.ts";
import type { Plan } from "../stage/plan.ts";
import { spotOf } from "../stage/plan.ts";
import { useText } from "./text.ts";

/** The ring is full this long before going on. */
const RING_MS = 5 * 60_000;

interface UpNextProps {
  plan: Plan;
  you: { id: string; name: string };
  live: boolean;
  onReady: () => void;
  onLeaveStage: () => void;
}

/** The one thing a speaker must know backstage: on stage, next, or not yet. */
export function UpNext({ plan, you, live, onReady, onLeaveStage }: UpNextProps) {
  const { t } = useText();
  const first = you.name.split(/\s+/)[0] ?? you.name;
  if (spotOf(plan, you.id)) return <OnStage plan={plan} live={live} onLeaveStage={onLeaveStage} />;
  if (plan.next?.person === you.id) return <Next plan={plan} name={first} onReady={onReady} />;
  const others = plan.on.filter((spot) => spot.kind === "person").map((spot) => spot.name);
  return (
    <section className="upnext calm" aria-label={t("next.label")}>
      <Icon name="clock" size="lg" />
      <div className="grow" role="status">
        <h2 className="h3">{t("next.notYet", { name: first })}</h2>
        <p className="muted">
          {plan.next
            ? t("next.otherNext", { name: plan.next.name })
            : others.length > 0
              ? t("next.othersOn", { names: others.join(", ") })
              : t("next.nobodyOn")}
        </p>
      </div>
    </section>
  );
}

function Next({ plan, name, onReady }: { plan: Plan; name: string; onReady: () => void }) {
  const { t } = useText();
  const now = useNow();
  const until = plan.next?.at ? plan.next.at - now : undefined;
  const ready = plan.next?.ready ?? false;
  const on = plan.on.find((spot) => spot.kind === "person")?.name;
  return (
    <section className="upnext" aria-label={t("next.label")} data-testid="you-are-next">
      {until !== undefined && (
        <Ring left={until / RING_MS} size={84} width={5}>
          <span className="upnext-time" role="timer" aria-label={t("next.timer", { time: clock(until) })}>
            {clock(until)}
          </span>
        </Ring>
      )}
      <div className="grow" role="status">
        <h2 className="h3">{t("next.you", { name })}</h2>
        <p className="muted">{on ? t("next.youAfter", { name: on }) : t("next.youText")}</p>
      </div>
      {ready ? (
        <p className="row strong upnext-ready" role="status">
          <Icon name="check" />
          {t("next.saidReady")}
        </p>
      ) : (
        <Button variant="primary" size="lg" onClick={onReady}>
          {t("next.ready")}
        </Button>
      )}
    </section>
  );
}

function OnStage({ plan, live, onLeaveStage }: { plan: Plan; live: boolean; onLeaveStage: () => void }) {
  const { t } = useText();
  return (
    <section className="upnext on" aria-label={t("next.label")} data-testid="you-are-on-stage">
      {plan.timer && <TimerRing plan={plan} size={84} />}
      <div className="grow" role="status">
        <h2 className="h3">{live ? t("next.onAir") : t("next.onStage")}</h2>
        <p className="muted">{live ? t("next.onAirText") : t("next.onStageText")}</p>
      </div>
      <Button variant="danger-line" onClick={onLeaveStage}>
        {t("next.leave")}
      </Button>
    </section>
  );
}

/** What is left on the stage's timer; counts on in red words when it is over. */
export function TimerRing({ plan, size }: { plan: Plan; size: number }) {
  const { t } = useText();
  const now = useNow();
  const ends = plan.timer?.endsAt ?? 0;
  // How long it is in all is not told; what was left when it was first seen here stands for it.
  const whole = useMemo(() => Math.max(1, ends - Date.now()), [ends]);
  if (!plan.timer) return null;
  const left = plan.timer.endsAt - now;
  const words = left >= 0 ? clock(left) : `+${clock(-left)}`;
  return (
    <Ring left={left / whole} size={size} width={size > 70 ? 5 : 6}>
      <span
        className={size > 70 ? "upnext-time" : "ring-time"}
        role="timer"
        aria-label={t("timer.left", { time: words })}
      >
        {words}
      </span>
    </Ring>
  );
}
