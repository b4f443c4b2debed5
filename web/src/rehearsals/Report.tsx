import type { ReactNode } from "react";
import type { Verdict as Verdicts } from "../gql/graphql.ts";
import { Badge } from "../platform/components/index.ts";
import { formatMoment, formatNumber } from "../platform/time/format.ts";
import { Charts } from "./Charts.tsx";
import type { Rehearsal } from "./RehearsalPage.tsx";
import { useText } from "./text.ts";

const looks = {
  GO: { tone: "success", icon: "check" },
  CLOSE: { tone: "warning", icon: "warn" },
  NO_GO: { tone: "danger", icon: "x" },
  UNKNOWN: { tone: "outline", icon: "ask" },
} as const satisfies Record<Verdicts, unknown>;

type Because = "organizer" | "busy" | "delivery" | "ended";
type Limit = "processor" | "memory" | "connections" | "tried";

/** Go or no go, in a word. */
export function Verdict({ verdict }: { verdict: Verdicts }) {
  const { t } = useText();
  return <Badge {...looks[verdict]}>{t(`verdict.${verdict}`)}</Badge>;
}

/** What a rehearsal found, part by part. */
export function Report({ rehearsal, zone }: { rehearsal: Rehearsal; zone: string }) {
  const { t } = useText();
  const { report } = rehearsal;
  const ms = (value: number | null | undefined) =>
    value == null ? "–" : t("ms", { value: formatNumber(Math.round(value)) });
  return (
    <section className="card rehearsal-card" aria-labelledby={`report-${rehearsal.id}`}>
      <header className="row between">
        <div>
          <h2 className="h4" id={`report-${rehearsal.id}`}>
            {t("reportOf", {
              number: formatNumber(rehearsal.attendees),
              when: formatMoment(rehearsal.startedAt, zone),
            })}
          </h2>
          <p className="tiny muted">
            {t("by", { name: rehearsal.startedBy })}
            {rehearsal.stoppedBecause && ` ${t(`because.${rehearsal.stoppedBecause as Because}`)}`}
          </p>
        </div>
        {report && <Verdict verdict={report.verdict} />}
      </header>
      {report ? (
        <>
          <dl className="rehearsal-parts">
            <Part name={t("part.joins")} verdict={report.joins.verdict}>
              {t("found.joins", {
                in: formatNumber(report.joins.in),
                asked: formatNumber(report.joins.asked),
                p50: ms(report.joins.p50),
                p99: ms(report.joins.p99),
              })}{" "}
              {t("found.refused", {
                queued: formatNumber(report.joins.queued),
                refused: formatNumber(report.joins.refused),
              })}
            </Part>
            <Part name={t("part.delivery")} verdict={report.delivery.verdict}>
              {t("found.delivery", {
                delivered: formatNumber(report.delivery.delivered),
                p50: ms(report.delivery.p50),
                p99: ms(report.delivery.p99),
              })}{" "}
              {t("found.lost", {
                lost: formatNumber(report.delivery.lost),
                doubled: formatNumber(report.delivery.doubled),
              })}
            </Part>
            <Part name={t("part.stage")} verdict={report.stage.verdict}>
              {report.stage.verdict === "UNKNOWN"
                ? t("found.noStage")
                : t("found.stage", {
                    segments: formatNumber(report.stage.segments),
                    failed: formatNumber(report.stage.failed),
                    p99: ms(report.stage.p99),
                  })}
            </Part>
            <Part name={t("part.capacity")} verdict={report.capacity.verdict}>
              {t("found.capacity", {
                people: formatNumber(report.capacity.people),
                expected: formatNumber(report.capacity.expected),
              })}{" "}
              {t(`limited.${report.capacity.limitedBy as Limit}`)}
            </Part>
          </dl>
          <Charts rehearsal={rehearsal} />
        </>
      ) : (
        <p className="small muted">{t("noReport")}</p>
      )}
    </section>
  );
}

function Part({ name, verdict, children }: { name: string; verdict: Verdicts; children: ReactNode }) {
  return (
    <div>
      <dt>
        {name} <Verdict verdict={verdict} />
      </dt>
      <dd className="small">{children}</dd>
    </div>
  );
}
