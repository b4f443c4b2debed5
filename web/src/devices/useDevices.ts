import { useCallback, useEffect, useRef, useState } from "react";
import { type Device, DeviceError, type DeviceKind, type DeviceTrouble, devicesOf, openDevice } from "./devices.ts";

export interface DeviceState {
  stream: MediaStream | undefined;
  /** Label of what is open. */
  label: string;
  choices: Device[];
  chosen: string | undefined;
  trouble: DeviceTrouble | undefined;
  /** Opens this device, or the same kind again after trouble. */
  choose: (id?: string) => void;
  stop: () => void;
}

/** A camera or a microphone while the page is shown and it is wanted; the choice is remembered in this browser. */
export function useDevice(kind: DeviceKind, wanted = true): DeviceState {
  const key = `plenary.${kind}`;
  const [stream, setStream] = useState<MediaStream>();
  const [choices, setChoices] = useState<Device[]>([]);
  const [trouble, setTrouble] = useState<DeviceTrouble>();
  const open = useRef<MediaStream>(undefined);
  const turn = useRef(0);

  const stop = useCallback(() => {
    turn.current++;
    for (const track of open.current?.getTracks() ?? []) track.stop();
    open.current = undefined;
    setStream(undefined);
  }, []);

  const choose = useCallback(
    (id?: string) => {
      stop();
      const mine = turn.current;
      if (id) localStorage.setItem(key, id);
      setTrouble(undefined);
      void (async () => {
        try {
          const opened = await openDevice(kind, id ?? localStorage.getItem(key) ?? undefined);
          if (turn.current !== mine) {
            for (const track of opened.getTracks()) track.stop();
            return;
          }
          open.current = opened;
          for (const track of opened.getTracks()) {
            track.onended = () => {
              if (turn.current === mine) {
                stop();
                setTrouble("missing");
              }
            };
          }
          setStream(opened);
        } catch (error) {
          if (turn.current === mine) setTrouble(error instanceof DeviceError ? error.trouble : "failed");
        }
        setChoices(await devicesOf(kind));
      })();
    },
    [kind, key, stop],
  );

  // What is not wanted any more is let go, so that its light goes out.
  useEffect(() => {
    if (wanted) choose();
    else stop();
  }, [wanted, choose, stop]);

  useEffect(() => {
    const changed = () => void devicesOf(kind).then(setChoices);
    navigator.mediaDevices?.addEventListener("devicechange", changed);
    return () => {
      navigator.mediaDevices?.removeEventListener("devicechange", changed);
      stop();
    };
  }, [kind, stop]);

  const track = stream?.getTracks()[0];
  return { stream, label: track?.label ?? "", choices, chosen: track?.getSettings().deviceId, trouble, choose, stop };
}
