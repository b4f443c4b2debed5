import { StopRehearsalDocument } from "../gql/graphql.ts";
import { useAction } from "../organize/useAction.ts";
import { Badge, Button, FormError, Icon } from "../platform/components/index.ts";
import { formatNumber } from "../platform/time/format.ts";
import { Charts } from "./Charts.tsx";
import type { Rehearsal } from "./RehearsalPage.tsx";
import { useText } from "./text.ts";

/** How it goes while simulated people are there, and the way to end it. */
export function Running({ rehearsal, onChange }: { rehearsal: Rehearsal; onChange: () => void }) {
  const { t } = useText();
  const stop = useAction(StopRehearsalDocument);
  const now = rehearsal.samples.at(-1);
  return (
    <section className="card rehearsal-card" aria-labelledby="running">
      <header className="row between">
        <div>
          <h2 className="h4" id="running">
            {t("running", { count: rehearsal.attendees, number: formatNumber(rehearsal.attendees) })}
          </h2>
          <p className="tiny muted">{t("sandbox")}</p>
        </div>
        <div className="row">
          <Badge icon="rehearse" tone="accent">
            {t("badge")}
          </Badge>
          <Button
            variant="danger-line"
            pending={stop.pending}
            onClick={() => void stop.run({ id: rehearsal.id }).then(onChange)}
          >
            <Icon name="x" size="sm" />
            {t("stop")}
          </Button>
        </div>
      </header>
      <div
        className="progress"
        role="progressbar"
        aria-label={t("progress")}
        aria-valuenow={Math.min(now?.second ?? 0, rehearsal.seconds)}
        aria-valuemin={0}
        aria-valuemax={rehearsal.seconds}
      >
        <i style={{ width: `${Math.min(100, ((now?.second ?? 0) / rehearsal.seconds) * 100)}%` }} />
      </div>
      {stop.refusal && <FormError>{stop.refusal.message}</FormError>}
      <Charts rehearsal={rehearsal} />
    </section>
  );
}
