import { useState } from "react";
import { Button, Empty, Icon, Skeleton } from "../platform/components/index.ts";
import { formatNumber } from "../platform/time/format.ts";
import { formatCalendarDay } from "./calendarDay.ts";
import type { DeskPageProps } from "./desk.ts";
import { axisSteps, registrationCurve } from "./readiness.ts";
import { useOrganizeText } from "./text.ts";

const WIDTH = 720;
const LEFT = 36;
const RIGHT = 704;
const TOP = 18;
const BOTTOM = 206;
/** How much of the height the busiest day may take. */
const BAR_SHARE = 1 / 6;

interface RegistrationChartProps extends DeskPageProps {
  /** Undefined while loading. */
  days: { day: string; count: number }[] | undefined;
  /** In the event's zone, `yyyy-MM-dd`. */
  today: string;
  /** How many people to expect at once; absent while loading, and when nobody is expected any more. */
  forecast?: Forecast | null | undefined;
}

interface Forecast {
  attendees: number;
  low: number;
  high: number;
  /** 0 to 1. */
  showRate: number;
  pastEvents: number;
}

/** Registrations per day as bars and in total as a line, with the same numbers as a table behind the grid button. */
export function RegistrationChart({ event, days, today, forecast }: RegistrationChartProps) {
  const { t } = useOrganizeText();
  const [range, setRange] = useState<"month" | "all">("all");
  const [table, setTable] = useState(false);
  const whole = days && registrationCurve(days, event.status === "ENDED" ? "" : today);
  const curve = range === "month" ? whole?.slice(-30) : whole;
  const long = (whole?.length ?? 0) > 30;
  return (
    <section className="card wide" aria-labelledby="registrations">
      <header>
        <div>
          <h2 className="h4" id="registrations">
            {t("chart.title")}
          </h2>
          <p className="tiny muted">{t("chart.caption")}</p>
          {forecast && forecast.attendees > 0 && (
            <p className="tiny muted">
              {t("chart.forecast", {
                attendees: formatNumber(forecast.attendees),
                low: formatNumber(forecast.low),
                high: formatNumber(forecast.high),
                rate: Math.round(forecast.showRate * 100),
              })}{" "}
              {forecast.pastEvents > 0
                ? t("chart.forecastLearned", { count: forecast.pastEvents })
                : t("chart.forecastUsual")}
            </p>
          )}
        </div>
        {curve && curve.length > 0 && (
          <div className="row chart-tools">
            {long && (
              <div className="seg hide-s" role="group" aria-label={t("chart.range")}>
                {(["month", "all"] as const).map((one) => (
                  <button type="button" key={one} aria-pressed={range === one} onClick={() => setRange(one)}>
                    {t(`chart.${one}`)}
                  </button>
                ))}
              </div>
            )}
            <Button
              variant="ghost"
              size="sm"
              icon
              aria-label={table ? t("chart.showChart") : t("chart.showTable")}
              onClick={() => setTable(!table)}
            >
              <Icon name={table ? "chart" : "grid"} />
            </Button>
          </div>
        )}
      </header>
      {!curve ? (
        <Skeleton height={200} />
      ) : curve.length === 0 ? (
        <Empty icon="ticket" title={t("chart.empty.title")}>
          {event.status === "DRAFT" ? t("chart.empty.draft") : t("chart.empty.published")}
        </Empty>
      ) : table ? (
        <CurveTable curve={curve} />
      ) : (
        <Curve curve={curve} over={event.status === "ENDED"} />
      )}
    </section>
  );
}

type Point = ReturnType<typeof registrationCurve>[number];

function Curve({ curve, over }: { curve: Point[]; over: boolean }) {
  const { t } = useOrganizeText();
  const first = curve.find(({ total }) => total > 0);
  const last = curve.at(-1);
  if (!first || !last) return null;
  const steps = axisSteps(last.total);
  const highest = steps.at(-1) ?? 1;
  const slot = (RIGHT - LEFT) / curve.length;
  const x = (at: number) => LEFT + slot * (at + 0.5);
  const y = (value: number) => BOTTOM - (value / highest) * (BOTTOM - TOP);
  // Days stand on a scale of their own: beside the total they would vanish.
  const busiest = Math.max(...curve.map(({ count }) => count));
  const barHeight = (count: number) => Math.max((count / busiest) * (BOTTOM - TOP) * BAR_SHARE, BOTTOM - y(count));
  const barWidth = Math.max(1.5, Math.min(28, slot * 0.6));
  const labels = [...new Set([0, 1, 2, 3].map((part) => Math.round((part * (curve.length - 1)) / 4)))];
  const line = curve
    .map(({ total }, at) => `${at === 0 ? "M" : "L"}${x(at).toFixed(1)} ${y(total).toFixed(1)}`)
    .join("");
  const day = (text: string) => formatCalendarDay(text, { day: "numeric", month: "short" });
  return (
    <svg
      className="chart"
      viewBox={`0 0 ${WIDTH} 232`}
      role="img"
      aria-label={t("chart.summary", { total: formatNumber(last.total), first: day(first.day), last: day(last.day) })}
    >
      {steps.map((value) => (
        <g key={value}>
          <path className="grid" d={`M${LEFT} ${y(value)}H${WIDTH - 4}`} />
          <text x={LEFT - 8} y={y(value) + 4} textAnchor="end">
            {formatNumber(value)}
          </text>
        </g>
      ))}
      {curve.map(({ day: key, count }, at) =>
        count > 0 ? (
          <rect
            key={key}
            className="chart-bar"
            x={x(at) - barWidth / 2}
            y={BOTTOM - barHeight(count)}
            width={barWidth}
            height={barHeight(count)}
            rx={1.5}
          />
        ) : null,
      )}
      <path className="curve" d={line} />
      <circle className="chart-now" cx={x(curve.length - 1)} cy={y(last.total)} r={4.5} />
      <text className="chart-total" x={x(curve.length - 1) - 10} y={y(last.total) - 9} textAnchor="end">
        {over ? formatNumber(last.total) : t("chart.today", { total: formatNumber(last.total) })}
      </text>
      {labels.map((at) => (
        <text key={at} x={x(at)} y={226} textAnchor={at === 0 ? "start" : "middle"}>
          {day(curve[at]?.day ?? first.day)}
        </text>
      ))}
    </svg>
  );
}

function CurveTable({ curve }: { curve: Point[] }) {
  const { t } = useOrganizeText();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section className="chart-table" tabIndex={0} aria-label={t("chart.caption")}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t("chart.day")}</th>
            <th scope="col" className="r">
              {t("chart.new")}
            </th>
            <th scope="col" className="r">
              {t("chart.total")}
            </th>
          </tr>
        </thead>
        <tbody>
          {[...curve].reverse().map(({ day, count, total }) => (
            <tr key={day}>
              <td>{formatCalendarDay(day, { weekday: "short", day: "numeric", month: "short" })}</td>
              <td className="r">{formatNumber(count)}</td>
              <td className="r">{formatNumber(total)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
