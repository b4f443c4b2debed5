import { Icon } from "../../platform/components/Icon.tsx";
import { TimeZonePicker } from "../../platform/components/TimeZonePicker.tsx";
import { formatDateRange, formatTimeRange } from "../../platform/time/format.ts";
import { useVisitorZone } from "../../platform/time/zones.ts";
import type { LandingEvent } from "../event.ts";
import { useText } from "../text.ts";

/** When, on the visitor's clock; who else; the calendar. */
export function Facts({ event }: { event: LandingEvent }) {
  const { t } = useText();
  const zone = useVisitorZone();
  return (
    <div className="facts">
      <div>
        <p className="label">{t("when")}</p>
        <p className="h4">
          <time dateTime={event.startsAt}>{formatDateRange(event.startsAt, event.endsAt, zone)}</time>
        </p>
      </div>
      <div>
        <p className="label">{t("yourTime")}</p>
        <div className="h4 row zone-row">
          <span className="num">{formatTimeRange(event.startsAt, event.endsAt, zone)}</span>
          <TimeZonePicker at={new Date(event.startsAt)} eventZone={event.timeZone} />
        </div>
      </div>
      <div>
        <p className="label">{t("going")}</p>
        <p className="h4 num">
          {event.registrationCount > 0 ? t("people", { count: event.registrationCount }) : t("beFirst")}
        </p>
      </div>
      {event.status !== "DRAFT" && event.status !== "CANCELLED" && (
        <div className="hide-s">
          <a className="btn line" href={`/e/${event.slug}/event.ics`} download>
            <Icon name="cal" />
            {t("addToCalendar")}
          </a>
        </div>
      )}
    </div>
  );
}
