import { LiftRestrictionDocument } from "../gql/graphql.ts";
import { Avatar, Button, Empty } from "../platform/components/index.ts";
import { send } from "../platform/graph/send.ts";
import { formatMoment } from "../platform/time/format.ts";
import { useText } from "./text.ts";
import { useAct } from "./useAct.ts";
import type { RestrictionNow } from "./useModeration.ts";

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Who is restricted now, and taking it back. */
export function Restricted({ restricted, onDone }: { restricted: readonly RestrictionNow[]; onDone: () => void }) {
  const { t } = useText();
  const { run, pending } = useAct(onDone);
  if (restricted.length === 0) return <Empty icon="check" title={t("nobodyRestricted")} />;
  return (
    <ul className="mlist" aria-label={t("restricted")}>
      {restricted.map((one) => {
        const what = t(`is.${one.kind}`, { room: one.roomName ?? "" });
        return (
          <li key={one.id} className="mrow">
            <Avatar name={one.name} />
            <div className="grow">
              <p className="strong">{one.name}</p>
              <p className="small muted">
                {what}, {one.until ? t("until", { time: formatMoment(one.until, zone) }) : t("noEnd")}
                {one.reason && ` · ${one.reason}`}
              </p>
            </div>
            <Button
              variant="line"
              size="sm"
              pending={pending}
              aria-label={t("liftOf", { what, name: one.name })}
              onClick={() => void run(() => send(LiftRestrictionDocument, { id: one.id }))}
            >
              {t("lift")}
            </Button>
          </li>
        );
      })}
    </ul>
  );
}
