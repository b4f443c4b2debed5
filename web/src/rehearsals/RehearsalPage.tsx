import { useEffect, useState } from "react";
import { useQuery } from "urql";
import { Link } from "wouter";
import { RehearsalsDocument, type RehearsalsQuery } from "../gql/graphql.ts";
import { type DeskPageProps, deskPath } from "../organize/desk.ts";
import { Button, Empty, Icon, SkeletonCard } from "../platform/components/index.ts";
import { refusalOf } from "../platform/graph/refusal.ts";
import { useTitle } from "../platform/shell/title.ts";
import { Past } from "./Past.tsx";
import { Report } from "./Report.tsx";
import { Running } from "./Running.tsx";
import { StartForm } from "./StartForm.tsx";
import { useText } from "./text.ts";
import "./rehearsals.css";

export type Rehearsal = RehearsalsQuery["rehearsals"]["all"][number];

/** Rehearsals that are listed. */
const KEPT = 20;

/** A rehearsal that runs says something new so often. */
const LOOK_MS = 1_000;

/** Where an organizer lets simulated people come before the real ones do. */
export function RehearsalPage({ event }: DeskPageProps) {
  const { t } = useText();
  useTitle(t("title"), event.name);
  const [{ data, error }, ask] = useQuery({ query: RehearsalsDocument, variables: { event: event.id, first: KEPT } });
  const [chosen, setChosen] = useState<string[]>([]);
  const all = data?.rehearsals.all ?? [];
  const started = all.find(({ state }) => state === "RUNNING");
  // Of those that are over the figures stay; each second only the latest is asked for.
  const [now, look] = useQuery({
    query: RehearsalsDocument,
    variables: { event: event.id, first: 1 },
    pause: !started,
  });
  const latest = now.data?.rehearsals.all[0];
  const running = started && latest?.id === started.id ? latest : started;
  const over = started !== undefined && running?.state !== "RUNNING";
  const again = () => ask({ requestPolicy: "network-only" });

  useEffect(() => {
    if (over) ask({ requestPolicy: "network-only" });
    if (!started || over) return;
    const timer = setInterval(() => look({ requestPolicy: "network-only" }), LOOK_MS);
    return () => clearInterval(timer);
  }, [started, over, ask, look]);

  const shown = chosen.flatMap((id) => all.filter((one) => one.id === id));
  const reports = shown.length > 0 ? shown : all.filter(({ report }) => report).slice(0, 1);
  return (
    <div className="rehearsals">
      <div className="crumb">
        <Link href={deskPath(event)}>{event.name}</Link>
        <Icon name="right" />
        <span>{t("title")}</span>
      </div>
      <div className="headrow">
        <div>
          <h1 className="h2">{t("title")}</h1>
          <p className="muted overview-sub">{t("lead")}</p>
        </div>
      </div>
      {!data ? (
        error ? (
          <Empty icon="warn" title={t("failed")} action={<Button onClick={again}>{t("again")}</Button>}>
            {refusalOf(error).message}
          </Empty>
        ) : (
          <SkeletonCard lines={6} />
        )
      ) : (
        <>
          {running ? (
            <Running rehearsal={running} onChange={again} />
          ) : (
            <StartForm event={event} most={data.rehearsals.most} onStarted={again} />
          )}
          <p className="sr" role="status">
            {running ? t("announce.running") : all[0]?.report ? t(`announce.${all[0].report.verdict}`) : ""}
          </p>
          {!running && reports.length > 0 && (
            <div className={reports.length > 1 ? "rehearsal-pair two" : "rehearsal-pair"}>
              {reports.map((one) => (
                <Report key={one.id} rehearsal={one} zone={event.timeZone} />
              ))}
            </div>
          )}
          <Past
            all={all.filter(({ state }) => state !== "RUNNING")}
            zone={event.timeZone}
            chosen={chosen}
            onChoose={setChosen}
          />
        </>
      )}
    </div>
  );
}
