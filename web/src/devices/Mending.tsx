import "./devices.css";
import { Button, Icon } from "../platform/components/index.ts";
import type { DeviceTrouble } from "./devices.ts";
import { useDeviceText } from "./text.ts";

/** Something that does not work before going backstage. */
export type Trouble = { again?: () => void } & (
  | { about: "camera"; why: DeviceTrouble }
  | { about: "microphone"; why: DeviceTrouble | "silent" }
  | { about: "speaker"; why: "unheard" }
  | { about: "network"; why: "weak" | "blocked" }
);

/** What does not work, and what to do about it, step by step. */
export function Mending({ troubles }: { troubles: readonly Trouble[] }) {
  const { t } = useDeviceText();
  return (
    <div role="status" className="mending">
      {troubles.map((trouble) => {
        const { about, why, again } = trouble;
        const steps = t(`mend.${why}.steps`, { device: t(`mend.device.${about}`) }).split("\n");
        return (
          <section key={`${about} ${why}`} className="mend" data-testid={`trouble-${about}`}>
            <Icon name="warn" />
            <div className="grow">
              <p className="strong">{t(`mend.${why}.title`, { device: t(`mend.device.${about}`) })}</p>
              <ol className="small">
                {steps.map((step) => (
                  <li key={step}>{step}</li>
                ))}
              </ol>
            </div>
            {again && (
              <Button variant="quiet" size="sm" onClick={again}>
                {t("again")}
              </Button>
            )}
          </section>
        );
      })}
    </div>
  );
}
