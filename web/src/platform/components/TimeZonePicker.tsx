import { useMemo } from "react";
import { usePlatformText } from "../text.ts";
import { chooseZone, deviceZone, useVisitorZone, zoneLabel, zoneNames } from "../time/zones.ts";
import { Icon } from "./Icon.tsx";

interface TimeZonePickerProps {
  /** The zone's name is told as of then: it changes with daylight saving. */
  at: Date;
  /** The event's own zone, offered first. */
  eventZone?: string;
}

/** In which zone times are shown, remembered in this browser. The phone's own list does the choosing. */
export function TimeZonePicker({ at, eventZone }: TimeZonePickerProps) {
  const { t } = usePlatformText();
  const zone = useVisitorZone();
  const own = deviceZone();
  const zones = useMemo(() => zoneNames(own, zone, ...(eventZone ? [eventZone] : [])), [own, zone, eventZone]);
  return (
    <span className="btn quiet sm zone">
      <Icon name="globe" size="sm" />
      {zoneLabel(zone, at)}
      <Icon name="down" size="sm" />
      <select aria-label={t("zone.label")} value={zone} onChange={(event) => chooseZone(event.target.value)}>
        <optgroup label={t("zone.own")}>
          <option value={own}>{zoneLabel(own, at)}</option>
        </optgroup>
        {eventZone && eventZone !== own && (
          <optgroup label={t("zone.event")}>
            <option value={eventZone}>{zoneLabel(eventZone, at)}</option>
          </optgroup>
        )}
        {[...groups(zones.filter((name) => name !== own && name !== eventZone))].map(([region, names]) => (
          <optgroup label={region} key={region}>
            {names.map((name) => (
              <option value={name} key={name}>
                {name.slice(name.indexOf("/") + 1).replaceAll("_", " ")}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </span>
  );
}

function groups(zones: string[]): Map<string, string[]> {
  const byRegion = new Map<string, string[]>();
  for (const zone of zones) {
    const region = zone.split("/")[0] ?? zone;
    byRegion.set(region, [...(byRegion.get(region) ?? []), zone]);
  }
  return byRegion;
}
