import { useId } from "react";
import { formatNumber } from "../platform/time/format.ts";
import type { Rehearsal } from "./RehearsalPage.tsx";
import { useText } from "./text.ts";

const WIDTH = 320;
const HEIGHT = 96;

type Sample = Rehearsal["samples"][number];

/** What is drawn: a line each, with its latest figure in words. */
const LINES = ["joins", "delivery", "refused", "cpu", "memory"] as const;

const figureOf: Record<(typeof LINES)[number], (sample: Sample) => number | null | undefined> = {
  joins: (sample) => sample.in,
  delivery: (sample) => sample.p99,
  refused: (sample) => sample.refused,
  cpu: (sample) => sample.cpu * 100,
  memory: (sample) => sample.megabytes,
};

/** The lines of a rehearsal, second by second. */
export function Charts({ rehearsal }: { rehearsal: Rehearsal }) {
  const { t } = useText();
  const last = rehearsal.samples.at(-1);
  if (!last) return <p className="small muted">{t("preparing")}</p>;
  const words = {
    joins: t("chart.joins.now", {
      in: formatNumber(last.in),
      asked: formatNumber(last.asked),
      connected: formatNumber(last.connected),
    }),
    delivery:
      last.p99 == null || last.p50 == null
        ? t("chart.delivery.none")
        : t("chart.delivery.now", { p50: Math.round(last.p50), p99: Math.round(last.p99) }),
    refused: t("chart.refused.now", { count: last.refused }),
    cpu: t("chart.cpu.now", { percent: Math.round(last.cpu * 100) }),
    memory: t("chart.memory.now", { megabytes: formatNumber(last.megabytes) }),
  };
  return (
    <div className="rehearsal-charts">
      {LINES.map((line) => (
        <figure key={line}>
          <figcaption>
            <b>{t(`chart.${line}.title`)}</b>
            <span className="tiny muted num">{words[line]}</span>
          </figcaption>
          <Line
            values={rehearsal.samples.map((sample) => figureOf[line](sample) ?? 0)}
            least={line === "joins" ? rehearsal.attendees : line === "cpu" ? 100 : line === "refused" ? 10 : 100}
            length={rehearsal.seconds}
            label={`${t(`chart.${line}.title`)}: ${words[line]}`}
          />
        </figure>
      ))}
    </div>
  );
}

function Line({ values, least, length, label }: { values: number[]; least: number; length: number; label: string }) {
  const id = useId();
  const highest = Math.max(least, ...values);
  const steps = Math.max(length, values.length);
  const x = (at: number) => (at / Math.max(1, steps - 1)) * WIDTH;
  const y = (value: number) => HEIGHT - (value / highest) * (HEIGHT - 6);
  const path = values.map((value, at) => `${at === 0 ? "M" : "L"}${x(at).toFixed(1)} ${y(value).toFixed(1)}`).join("");
  return (
    <svg className="chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-labelledby={id}>
      <title id={id}>{label}</title>
      <line className="grid" x1={0} x2={WIDTH} y1={HEIGHT} y2={HEIGHT} />
      <line className="grid" x1={0} x2={WIDTH} y1={6} y2={6} />
      <path className="area" d={`${path}L${x(values.length - 1).toFixed(1)} ${HEIGHT}L0 ${HEIGHT}Z`} />
      <path className="curve" d={path} />
    </svg>
  );
}
