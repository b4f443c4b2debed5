import { MenuItem } from "react-aria-components";
import type { ShowCommandInput } from "../gql/graphql.ts";
import type { DeskEvent } from "../organize/desk.ts";
import { DropMenu } from "../platform/components/DropMenu.tsx";
import { Badge, Button, Icon } from "../platform/components/index.ts";
import { formatTime } from "../platform/time/format.ts";
import { clock, useNow } from "../rooms/time.ts";
import { type Cue, ICONS, type Show } from "./show.ts";
import { useText } from "./text.ts";
import { useCueName } from "./useCueName.ts";

/** A countdown is shown for what is due within this time. */
const SOON_MS = 60 * 60_000;

const TONES = { DONE: "success", FAILED: "danger", FIRING: "info" } as Partial<
  Record<Cue["state"], "success" | "danger" | "info">
>;

interface CueRowProps {
  cue: Cue;
  show: Show;
  event: DeskEvent;
  inControl: boolean;
  onCommand: (command: ShowCommandInput) => void;
  onEdit: () => void;
}

/** One line of the run of show. */
export function CueRow({ cue, show, event, inControl, onCommand, onEdit }: CueRowProps) {
  const { t } = useText();
  const now = useNow();
  const nameOf = useCueName(event);
  const name = nameOf(cue);
  const toCome = cue.state === "PENDING" || cue.state === "FAILED";
  const left = show.autopilot && cue.due != null ? cue.due - now : undefined;
  const act = (key: string) => {
    if (key === "edit") onEdit();
    else onCommand({ [key]: cue.id });
  };
  return (
    <li
      className={`show-cue ${cue.next ? "now" : ""} ${toCome ? "" : "done"}`}
      aria-current={cue.next ? "step" : undefined}
      data-testid="cue"
      data-state={cue.state}
    >
      <span className="num show-time">
        {cue.expected == null ? (
          <span className="muted">{t("byHand")}</span>
        ) : (
          <time dateTime={new Date(cue.expected).toISOString()}>{formatTime(cue.expected, event.timeZone)}</time>
        )}
      </span>
      <Icon name={ICONS[cue.kind]} />
      <div className="grow">
        <p className="strong">{name}</p>
        <p className="small muted">
          {cue.title && `${t(`kind.${cue.kind}`)} · `}
          <When cue={cue} show={show} event={event} />
        </p>
        {cue.error && <p className="small show-error">{cue.error}</p>}
      </div>
      <div className="row show-side">
        {left !== undefined && left < SOON_MS && (
          <span className="num small" aria-hidden="true">
            {clock(left)}
          </span>
        )}
        {cue.held && cue.state === "PENDING" && <Badge tone="warning">{t("isHeld")}</Badge>}
        {cue.state !== "PENDING" && <Badge tone={TONES[cue.state] ?? "outline"}>{t(`state.${cue.state}`)}</Badge>}
        {cue.next && inControl && (
          <Button variant="solid" size="sm" onClick={() => onCommand({ fire: cue.id })}>
            {t("fire")}
          </Button>
        )}
        <DropMenu
          placement="bottom end"
          onAction={act}
          trigger={
            <Button variant="ghost" size="sm" icon aria-label={t("menu", { cue: name })}>
              <Icon name="dots" size="sm" />
            </Button>
          }
        >
          {inControl && toCome && cue.mayFire && <MenuItem id="fire">{t("fireNow")}</MenuItem>}
          {inControl && toCome && cue.mayFire && <MenuItem id="skip">{t("skip")}</MenuItem>}
          {inControl && cue.state === "PENDING" && !cue.held && cue.anchor !== "HAND" && (
            <MenuItem id="hold">{t("hold")}</MenuItem>
          )}
          {inControl && cue.state === "PENDING" && cue.held && <MenuItem id="resume">{t("resume")}</MenuItem>}
          {inControl && cue.state === "SKIPPED" && <MenuItem id="restore">{t("restore")}</MenuItem>}
          {toCome && <MenuItem id="edit">{t("edit")}</MenuItem>}
          <MenuItem id="remove">{t("remove")}</MenuItem>
        </DropMenu>
      </div>
    </li>
  );
}

function When({ cue, show, event }: { cue: Cue; show: Show; event: DeskEvent }) {
  const { t } = useText();
  const nameOf = useCueName(event);
  if (cue.state !== "PENDING")
    return cue.by ? t("by", { name: cue.by }) : t(cue.state === "SKIPPED" ? "state.SKIPPED" : "byTheClock");
  if (cue.anchor === "HAND") return t("anchor.HAND");
  if (cue.anchor === "TIME") return t("anchor.TIME");
  const offset = Math.abs(cue.offsetSeconds + cue.shiftSeconds);
  const length = clock(offset * 1000);
  if (cue.anchor === "CUE") {
    const before = show.cues.find(({ id }) => id === cue.after);
    const what = before ? nameOf(before) : t("somethingGone");
    return offset === 0 ? t("rightAfterCue", { cue: what }) : t("afterCue", { length, cue: what });
  }
  const session = event.sessions.find(({ id }) => id === cue.session)?.title ?? t("somethingGone");
  const edge = cue.anchor === "SESSION_START" ? "start" : "end";
  if (offset === 0) return t(`at.${edge}`, { session });
  return t(cue.offsetSeconds + cue.shiftSeconds < 0 ? `before.${edge}` : `after.${edge}`, { length, session });
}
