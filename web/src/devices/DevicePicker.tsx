import "./devices.css";
import { Button, Icon } from "../platform/components/index.ts";
import type { DeviceKind } from "./devices.ts";
import { useDeviceText } from "./text.ts";
import type { DeviceState } from "./useDevices.ts";

interface DevicePickerProps {
  kind: DeviceKind;
  device: DeviceState;
  children?: React.ReactNode;
}

/** Which camera or microphone; when it does not open, why, and what mends it. */
export function DevicePicker({ kind, device, children }: DevicePickerProps) {
  const { t } = useDeviceText();
  const label = kind === "camera" ? t("chooseCamera") : t("chooseMicrophone");
  return (
    <div className="pick">
      <Icon name={kind === "camera" ? "cam" : "mic"} />
      {device.trouble ? (
        <p className="small trouble" role="alert">
          {t(`trouble.${device.trouble}`, { device: t(`device.${kind}`) })}
        </p>
      ) : (
        <select
          className="pick-select"
          aria-label={label}
          value={device.chosen ?? ""}
          onChange={(event) => device.choose(event.target.value)}
        >
          {device.choices.length === 0 && <option value={device.chosen ?? ""}>{device.label || label}</option>}
          {device.choices.map((choice) => (
            <option key={choice.id} value={choice.id}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
      {device.trouble && (
        <Button variant="quiet" size="sm" onClick={() => device.choose()}>
          {t("again")}
        </Button>
      )}
      {children}
    </div>
  );
}
