import { formatMoment, formatNumber } from "../platform/time/format.ts";
import type { Rehearsal } from "./RehearsalPage.tsx";
import { Verdict } from "./Report.tsx";
import { useText } from "./text.ts";

interface PastProps {
  all: Rehearsal[];
  zone: string;
  chosen: string[];
  onChoose: (ids: string[]) => void;
}

/** What was rehearsed so far; two of them can be looked at side by side. */
export function Past({ all, zone, chosen, onChoose }: PastProps) {
  const { t } = useText();
  if (all.length === 0) return null;
  const toggle = (id: string) =>
    onChoose(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id].slice(-2));
  return (
    <section aria-labelledby="past">
      <h2 className="h4" id="past">
        {t("past")}
      </h2>
      <p className="small muted">{t("compare")}</p>
      <ul className="rehearsal-past">
        {all.map((one) => (
          <li key={one.id}>
            <label className="check grow">
              <input type="checkbox" checked={chosen.includes(one.id)} onChange={() => toggle(one.id)} />
              <span>{t("row", { number: formatNumber(one.attendees), when: formatMoment(one.startedAt, zone) })}</span>
            </label>
            {one.report ? (
              <Verdict verdict={one.report.verdict} />
            ) : (
              <span className="tiny muted">{t(`state.${one.state}`)}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
